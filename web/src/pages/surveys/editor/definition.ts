/** What the editor does to a definition: every step makes another one, and none is changed. */

import type { Kind, Option, Page, Question, Survey, Text } from "@survey/definition";
import { questionsOf } from "@survey/definition";

export const KINDS: { group: "score" | "choice" | "words" | "method"; kinds: Kind[] }[] = [
  { group: "score", kinds: ["nps", "csat", "ces", "rating", "emoji"] },
  { group: "choice", kinds: ["single", "multi", "ranking", "matrix"] },
  { group: "words", kinds: ["text", "number", "date", "file", "consent"] },
  { group: "method", kinds: ["maxdiff", "servqual", "kano"] },
];

const BOTH = (): Text => ({ zh: "", en: "" });

/** The place of a question: its page, and where on it. */
export interface Place {
  page: number;
  at: number;
}

export function blankSurvey(): Survey {
  return {
    key: "survey",
    title: { zh: "新问卷", en: "New survey" },
    languages: ["zh", "en"],
    pages: [
      {
        questions: [
          {
            ...blank("nps", []),
            title: {
              zh: "您有多大可能向朋友推荐我们？",
              en: "How likely are you to recommend us to a friend?",
            },
          },
        ],
      },
    ],
    thanks: { zh: "谢谢您的反馈！", en: "Thank you for telling us!" },
  };
}

/** A key that nothing has yet: as wished, or with a number. */
export function freeKey(wish: string, taken: readonly string[]): string {
  let key = wish;
  for (let again = 2; taken.includes(key); again++) key = `${wish.replace(/_\d+$/, "")}_${again}`;
  return key;
}

export function keysOf(survey: Survey): string[] {
  return questionsOf(survey).map((question) => question.key);
}

/** A question of a kind with what it cannot be without. */
export function blank(kind: Kind, taken: readonly string[]): Question {
  const key = freeKey(`q${taken.length + 1}`, taken);
  const asked = { key, title: BOTH() };
  switch (kind) {
    case "single":
    case "multi":
    case "ranking":
      return { ...asked, kind, options: [blankOption([]), blankOption(["a"])] };
    case "matrix":
      return { ...asked, kind, rows: [blankOption([]), blankOption(["a"])], points: 5 };
    case "maxdiff":
      return { ...asked, kind, options: [..."abcdef"].map((one) => ({ key: one, text: BOTH() })) };
    case "servqual":
      return { ...asked, kind, items: [{ ...blankOption([]), dimension: "reliability" }] };
    case "kano":
      return { ...asked, kind, functional: BOTH(), dysfunctional: BOTH() };
    case "consent":
      return { ...asked, kind, category: "contact" };
    default:
      return { ...asked, kind };
  }
}

export function blankOption(taken: readonly string[]): Option {
  const letters = [..."abcdefghijklmnopqrstuvwxyz"];
  return { key: letters.find((one) => !taken.includes(one)) ?? freeKey("o", taken), text: BOTH() };
}

function onPage(survey: Survey, page: number, change: (page: Page) => Page): Survey {
  return { ...survey, pages: survey.pages.map((one, at) => (at === page ? change(one) : one)) };
}

export function changed(survey: Survey, place: Place, question: Question): Survey {
  return onPage(survey, place.page, (page) => ({
    ...page,
    questions: page.questions.map((one, at) => (at === place.at ? question : one)),
  }));
}

export function inserted(survey: Survey, place: Place, question: Question): Survey {
  return onPage(survey, place.page, (page) => ({
    ...page,
    questions: [...page.questions.slice(0, place.at), question, ...page.questions.slice(place.at)],
  }));
}

export function duplicated(survey: Survey, place: Place): Survey {
  const question = survey.pages[place.page]?.questions[place.at];
  if (!question) return survey;
  const copy = { ...structuredClone(question), key: freeKey(question.key, keysOf(survey)) };
  return inserted(survey, { ...place, at: place.at + 1 }, copy);
}

export function removed(survey: Survey, place: Place): Survey {
  return onPage(survey, place.page, (page) => ({
    ...page,
    questions: page.questions.filter((_, at) => at !== place.at),
  }));
}

/** A step up or down; over the edge of its page onto the next one. */
export function stepped(survey: Survey, { page, at }: Place, step: -1 | 1): { survey: Survey; place: Place } {
  const here = survey.pages[page];
  const question = here?.questions[at];
  const beyond = at + step < 0 || at + step >= (here?.questions.length ?? 0);
  const target = beyond ? page + step : page;
  const other = survey.pages[target];
  if (!question || !other) return { survey, place: { page, at } };
  const place = { page: target, at: beyond ? (step < 0 ? other.questions.length : 0) : at + step };
  return { survey: inserted(removed(survey, { page, at }), place, question), place };
}

/** A question put where another one is. */
export function moved(survey: Survey, from: string, onto: string): Survey {
  const [source, target] = [placeOf(survey, from), placeOf(survey, onto)];
  const question = source && survey.pages[source.page]?.questions[source.at];
  if (!source || !target || !question || from === onto) return survey;
  return inserted(removed(survey, source), target, question);
}

export function placeOf(survey: Survey, key: string): Place | undefined {
  for (const [page, { questions }] of survey.pages.entries()) {
    const at = questions.findIndex((one) => one.key === key);
    if (at >= 0) return { page, at };
  }
  return undefined;
}

export function pageAdded(survey: Survey): Survey {
  return { ...survey, pages: [...survey.pages, { questions: [blank("text", keysOf(survey))] }] };
}

export function pageRemoved(survey: Survey, page: number): Survey {
  return { ...survey, pages: survey.pages.filter((_, at) => at !== page) };
}

export function pageChanged(survey: Survey, page: number, change: Partial<Page>): Survey {
  return onPage(survey, page, (one) => ({ ...one, ...change }));
}

/** A text that may be missing: it is, where it says nothing in any language. */
export function optional(text: Text): Text | undefined {
  return Object.values(text).some((one) => one.trim()) ? text : undefined;
}
