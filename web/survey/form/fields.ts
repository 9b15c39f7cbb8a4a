/** The field of each kind. */

import type { Question } from "../definition.ts";
import type { Asking, Field } from "./field.ts";
import { files } from "./files.ts";
import { kano, matrix, servqual } from "./grids.ts";
import { comment, consent, day, number } from "./lines.ts";
import { maxdiff } from "./maxdiff.ts";
import { multi, single } from "./options.ts";
import { ranking } from "./ranking.ts";
import { scored } from "./scale.ts";

const MAKE: { [Kind in Question["kind"]]: (asking: Asking<Extract<Question, { kind: Kind }>>) => Field } = {
  nps: scored,
  csat: scored,
  ces: scored,
  rating: scored,
  emoji: scored,
  servqual,
  kano,
  matrix,
  single,
  multi,
  ranking,
  maxdiff,
  text: comment,
  number,
  date: day,
  file: files,
  consent,
};

export function fieldOf(asking: Asking): Field {
  return (MAKE[asking.question.kind] as (asking: Asking) => Field)(asking);
}
