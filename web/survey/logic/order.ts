/** The order in which one respondent sees things: random, and the same wherever it is worked out from the response. */

import type { Matrix, Multi, Option, Question, Ranking, Single, Survey } from "../definition.ts";
import { sha256 } from "./sha256.ts";

export function shuffled<Thing extends { key: string }>(things: readonly Thing[], seed: string): Thing[] {
  const drawn = things.map((thing) => ({ thing, digest: sha256(`${seed}/${thing.key}`) }));
  return drawn.sort((one, other) => (one.digest < other.digest ? -1 : 1)).map((one) => one.thing);
}

/** The questions of a page in the order of a response. */
export function questionsIn(survey: Survey, page: number, response: string): Question[] {
  const found = survey.pages[page];
  if (!found) return [];
  return found.shuffle ? shuffled(found.questions, `${survey.key}/${page}/${response}`) : found.questions;
}

/** The options of a question, or the rows of a matrix, in the order of a response; fixed ones keep their place. */
export function optionsOf(
  survey: Survey,
  question: Single | Multi | Ranking | Matrix,
  response: string,
): Option[] {
  const options = question.kind === "matrix" ? question.rows : question.options;
  if (!question.shuffle) return options;
  const mixed = shuffled(
    options.filter((one) => !one.fixed),
    `${survey.key}/${question.key}/${response}`,
  );
  return options.map((one) => (one.fixed ? one : (mixed.shift() ?? one)));
}
