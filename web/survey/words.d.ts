/** Made of `survey_form` of the shared words by `build/survey.ts`. */
declare module "virtual:survey-words" {
  const words: { zh: Record<string, string>; en: Record<string, string> };
  export default words;
}

/** Made of `feedback_page`, likewise. */
declare module "virtual:feedback-words" {
  const words: { zh: Record<string, string>; en: Record<string, string> };
  export default words;
}

declare module "*.css?inline" {
  const css: string;
  export default css;
}

/** Where the built form is, below the root of the service. */
declare const __SURVEY_FORM__: string;
