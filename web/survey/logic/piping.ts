/** Earlier answers within a text: `{q1}` stands for what was answered to `q1`, as people read it. */

import { OTHER, type Question, type Text } from "../definition.ts";
import { asText, isObject } from "./values.ts";

const PLACE = /\{([A-Za-z][A-Za-z0-9_]*)\}/g;
const NOTHING = "—";

/** A text in a language; in one it has where that is missing. */
export function inLanguage(text: Text, language: string): string {
  return text[language] || text[language.split("-")[0] ?? ""] || (Object.values(text)[0] ?? "");
}

export function piped(
  text: Text,
  language: string,
  asked: Map<string, Question>,
  answers: Record<string, unknown>,
): string {
  return inLanguage(text, language).replace(PLACE, (place, key: string) => {
    const question = asked.get(key);
    return question ? answerText(question, answers[key], language) : place;
  });
}

function answerText(question: Question, answer: unknown, language: string): string {
  if (answer === undefined || answer === null) return NOTHING;
  if (question.kind !== "single" && question.kind !== "multi") return asText(answer) ?? NOTHING;
  const said = (one: unknown) => {
    if (isObject(one)) return String(one[OTHER]);
    const option = question.options.find(({ key }) => key === one);
    return option ? inLanguage(option.text, language) : String(one);
  };
  return (Array.isArray(answer) ? answer : [answer]).map(said).join(language.startsWith("zh") ? "、" : ", ");
}
