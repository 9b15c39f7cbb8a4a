/** What is shown, and which answers stand: the same as the service finds (`evaluator.py`), which has the last word. */

import {
  type MaxDiff,
  type Option,
  OTHER,
  type Question,
  questionsOf,
  type Survey,
  type Text,
} from "../definition.ts";
import { isEmpty, judged, type Problem, Refused } from "./answers.ts";
import { holds, namesOf } from "./conditions.ts";
import { designOf, setsOf } from "./maxdiff.ts";
import { optionsOf, questionsIn } from "./order.ts";
import { piped } from "./piping.ts";
import { type Facts, isObject, own } from "./values.ts";

export interface Evaluated {
  /** Those that stand, by question, in the order of the survey. */
  answers: Record<string, unknown>;
  problems: Problem[];
  /** The questions that are shown; one whose condition reads a refused answer is neither shown nor missed. */
  shown: string[];
}

export function evaluate(survey: Survey, given: unknown): Evaluated {
  const found: Evaluated = { answers: {}, problems: [], shown: [] };
  if (!isObject(given)) return { ...found, problems: [{ field: "", code: "of_type" }] };
  const facts: Facts = {};
  const open = new Set<string>();
  const known = new Set(questionsOf(survey).map((question) => question.key));
  for (const field of Object.keys(given)) {
    if (!known.has(field)) found.problems.push({ field, code: "unknown_question" });
  }
  const isOpen = (condition?: string | null) =>
    namesOf(condition).some((name) => open.has(name.split(".")[0] ?? ""));

  function take(question: Question): void {
    const { key } = question;
    found.shown.push(key);
    const value = own(given, key);
    try {
      const answer = isEmpty(value) ? undefined : judged(question, value);
      if (!isEmpty(answer)) {
        found.answers[key] = answer;
        facts[key] = factOf(question, answer);
        return;
      }
      if (!question.required) return;
      found.problems.push({ field: key, code: "required" });
    } catch (refused) {
      if (!(refused instanceof Refused)) throw refused;
      found.problems.push(...refused.problems);
    }
    open.add(key);
  }

  for (const page of survey.pages) {
    const pageOpen = isOpen(page.show_if);
    const pageShown = holds(page.show_if, facts);
    for (const question of page.questions) {
      if (pageOpen || isOpen(question.show_if)) open.add(question.key);
      else if (pageShown && holds(question.show_if, facts)) take(question);
      else if (!isEmpty(own(given, question.key))) {
        found.problems.push({ field: question.key, code: "hidden" });
      }
    }
  }
  return found;
}

/** What an answer is to conditions: of several options which were chosen, of a ranking the ranks. */
function factOf(question: Question, answer: unknown): unknown {
  if (question.kind === "single") return isObject(answer) ? OTHER : answer;
  if (question.kind === "multi" && Array.isArray(answer)) {
    const chosen = answer.map((one) => (isObject(one) ? OTHER : one));
    const keys = question.options.map((one) => one.key);
    return Object.fromEntries(
      [...keys, ...(question.other ? [OTHER] : [])].map((key) => [key, chosen.includes(key)]),
    );
  }
  if (question.kind === "ranking" && Array.isArray(answer)) {
    return Object.fromEntries(answer.map((key, at) => [key, at + 1]));
  }
  return answer;
}

export interface SheetPage {
  /** Its place in the definition. */
  at: number;
  title?: string;
  description?: string;
  questions: SheetQuestion[];
}

export interface SheetQuestion {
  asked: Question;
  title: string;
  help?: string;
  options?: Told[];
  /** Of MaxDiff. */
  design?: number;
  sets?: Told[][];
}

interface Told {
  key: string;
  text: string;
}

/** The pages that a respondent sees, given the answers that stand: in their order, in their language. */
export function sheet(survey: Survey, evaluated: Evaluated, response: string, language: string): SheetPage[] {
  const asked = new Map(questionsOf(survey).map((question) => [question.key, question]));
  const say = (text: Text) => piped(text, language, asked, evaluated.answers);
  const maybe = (text: Text | null | undefined) => (text ? say(text) : undefined);
  const told = (question: Question): SheetQuestion => ({
    asked: question,
    title: say(question.title),
    help: maybe(question.help),
    options: listed(question)?.map(named),
    ...(question.kind === "maxdiff" ? compared(question) : {}),
  });
  const named = (one: Option) => ({ key: one.key, text: say(one.text) });
  const compared = (question: MaxDiff) => {
    const design = designOf(survey, question, response);
    return { design, sets: setsOf(question, design).map((options) => options.map(named)) };
  };
  const listed = (question: Question) =>
    question.kind === "single" ||
    question.kind === "multi" ||
    question.kind === "ranking" ||
    question.kind === "matrix"
      ? optionsOf(survey, question, response)
      : undefined;
  return survey.pages
    .map((page, at) => ({
      at,
      title: maybe(page.title),
      description: maybe(page.description),
      questions: questionsIn(survey, at, response)
        .filter((question) => evaluated.shown.includes(question.key))
        .map(told),
    }))
    .filter((page) => page.questions.length);
}
