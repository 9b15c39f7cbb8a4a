/**
 * Whether an answer is one that its question allows: as strict as the service, which judges it again (`answers.py`).
 * Reasons are told by the service's codes, so that a page can word them for whoever answers.
 */

import {
  endsOf,
  type FileAsked,
  HALVES,
  KANO,
  type Matrix,
  type MaxDiff,
  type Multi,
  type NumberAsked,
  OTHER,
  type Question,
  type Ranking,
  type Servqual,
  SIDES,
  type Single,
  typesOf,
} from "../definition.ts";
import { DESIGNS, setsOf } from "./maxdiff.ts";
import { isObject, own, stripped } from "./values.ts";

export interface Problem {
  /** The key of a question, or `key.row` of a part of its answer. */
  field: string;
  code: string;
  values?: Record<string, string | number>;
}

export class Refused extends Error {
  readonly problems: Problem[];

  constructor(problems: Problem[]) {
    super();
    this.problems = problems;
  }
}

const DAY = /^(\d{4})-(\d\d)-(\d\d)$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: what a text may not hold
const CONTROL = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]/u;
const LARGEST = 1e15;
const LONGEST = 10_000;

/** Whether a value is no answer: null, a text of blanks, an empty list or object. */
export function isEmpty(value: unknown): boolean {
  if (typeof value === "string") return !stripped(value);
  if (Array.isArray(value)) return !value.length;
  return value === null || value === undefined || (isObject(value) && !Object.keys(value).length);
}

/** An answer that is not empty, in its one spelling; it throws `Refused` where the question does not allow it. */
export function judged(question: Question, value: unknown): unknown {
  switch (question.kind) {
    case "servqual":
      return statements(question, value);
    case "kano":
      return each(question.key, parts(question.key, value, HALVES, true), (field, one) =>
        oneOf(field, KANO, one),
      );
    case "matrix":
      return rows(question, value);
    case "single":
      return choice(question, value);
    case "multi":
      return choices(question, value);
    case "ranking":
      return ranks(question, value);
    case "maxdiff":
      return compared(question, value);
    case "text":
      return text(question.key, value, question.longest ?? 2000);
    case "number":
      return number(question, value);
    case "date":
      return day(question.key, value, question.low, question.high);
    case "file":
      return files(question, value);
    case "consent":
      return typeof value === "boolean" ? value : refuse(question.key, "of_type");
    default:
      return point(question.key, value, ...endsOf(question));
  }
}

function refuse(field: string, code: string, values?: Problem["values"]): never {
  throw new Refused([{ field, code, values }]);
}

function finite(field: string, value: unknown): number {
  if (typeof value !== "number") return refuse(field, "of_type");
  return Number.isFinite(value) ? value + 0 : refuse(field, "not_finite");
}

function point(field: string, value: unknown, low: number, high: number): number {
  const found = finite(field, value);
  if (!Number.isInteger(found)) refuse(field, "not_whole");
  return found >= low && found <= high ? found : refuse(field, "outside", { low, high });
}

function number(question: NumberAsked, value: unknown): number {
  const found = finite(question.key, value);
  if (question.whole && !Number.isInteger(found)) refuse(question.key, "not_whole");
  const [low, high] = [question.low ?? -LARGEST, question.high ?? LARGEST];
  return found >= low && found <= high ? found : refuse(question.key, "outside", { low, high });
}

function day(field: string, value: unknown, low?: string | null, high?: string | null): string {
  if (typeof value !== "string") return refuse(field, "of_type");
  const found = stripped(value);
  if (!isDay(found)) refuse(field, "not_day");
  if ((low && found < low) || (high && found > high)) {
    refuse(field, low ? (high ? "outside" : "below") : "above", { low: low ?? "", high: high ?? "" });
  }
  return found;
}

/** Whether a text is a day of the calendar, as `2026-05-01`. */
export function isDay(written: string): boolean {
  const [, year = 0, month = 0, date = 0] = (DAY.exec(written) ?? []).map(Number);
  const found = new Date(Date.UTC(2000, month - 1, date));
  found.setUTCFullYear(year, month - 1, date);
  return year > 0 && found.getUTCMonth() === month - 1 && found.getUTCDate() === date;
}

function text(field: string, value: unknown, longest: number): string {
  if (typeof value !== "string") return refuse(field, "of_type");
  const found = stripped(value);
  if (CONTROL.test(found)) refuse(field, "bad_characters");
  const characters = [...found].length;
  return characters > longest ? refuse(field, "too_long", { characters, most: longest }) : found;
}

function oneOf(field: string, keys: readonly string[], value: unknown): string {
  if (typeof value !== "string") return refuse(field, "of_type");
  return keys.includes(value) ? value : refuse(field, "unknown_option");
}

function keysOf(listed: readonly { key: string }[]): string[] {
  return listed.map((one) => one.key);
}

function choice(question: Single | Multi, value: unknown): string | Record<string, string> {
  if (!(question.other && isObject(value))) return oneOf(question.key, keysOf(question.options), value);
  if (Object.keys(value).join() !== OTHER) refuse(question.key, "only_other");
  const field = `${question.key}.${OTHER}`;
  const said = text(field, value[OTHER], LONGEST);
  return said ? { [OTHER]: said } : refuse(field, "required");
}

function list(question: Multi | Ranking, value: unknown): unknown[] {
  if (!Array.isArray(value)) return refuse(question.key, "of_type");
  const most = question.options.length;
  return value.length > most + 1 ? refuse(question.key, "too_many", { given: value.length, most }) : value;
}

function once(field: string, keys: string[]): void {
  if (new Set(keys).size < keys.length) refuse(field, "repeated");
}

function choices(question: Multi, value: unknown): unknown[] {
  const { key, options, least = 1 } = question;
  const given = list(question, value).map((one) => choice(question, one));
  const keys = given.map((one) => (typeof one === "string" ? one : OTHER));
  once(key, keys);
  const most = question.most || options.length + Number(!!question.other);
  if (given.length > most) refuse(key, "too_many", { given: given.length, most });
  const alone = options.some((one) => one.alone && keys.includes(one.key));
  if (alone && keys.length > 1) refuse(key, "alone");
  if (given.length < least && !alone) refuse(key, "too_few", { given: given.length, least });
  const place = (one: unknown) => (typeof one === "string" ? keysOf(options).indexOf(one) : options.length);
  return given.sort((one, other) => place(one) - place(other));
}

function ranks(question: Ranking, value: unknown): string[] {
  const given = list(question, value).map((one) => oneOf(question.key, keysOf(question.options), one));
  once(question.key, given);
  const wanted = question.top || question.options.length;
  return given.length === wanted ? given : refuse(question.key, "ranks", { given: given.length, wanted });
}

/** The answers of an object by the parts that may be there, without those that are empty. */
function parts(
  field: string,
  value: unknown,
  keys: readonly string[],
  allOfThem: boolean,
): Record<string, unknown> {
  if (!isObject(value)) return refuse(field, "of_type");
  const problems: Problem[] = Object.keys(value)
    .filter((name) => !keys.includes(name))
    .map(() => ({ field, code: "unknown_part" }));
  const given: Record<string, unknown> = {};
  for (const key of keys) {
    const one = own(value, key);
    if (!isEmpty(one)) given[key] = one;
    else if (allOfThem) problems.push({ field: `${field}.${key}`, code: "required" });
  }
  if (problems.length) throw new Refused(problems);
  return given;
}

/** Each part judged; the problems of all of them together. */
function each<One>(
  field: string,
  given: Record<string, unknown>,
  judge: (field: string, one: unknown) => One,
): Record<string, One> {
  const found: Record<string, One> = {};
  const problems: Problem[] = [];
  for (const [key, value] of Object.entries(given)) {
    try {
      found[key] = judge(`${field}.${key}`, value);
    } catch (refused) {
      if (!(refused instanceof Refused)) throw refused;
      problems.push(...refused.problems);
    }
  }
  if (problems.length) throw new Refused(problems);
  return found;
}

function rows(question: Matrix, value: unknown): Record<string, unknown> {
  const given = parts(question.key, value, keysOf(question.rows), !!question.required);
  const { columns } = question;
  return each<unknown>(question.key, given, (field, one) =>
    columns ? oneOf(field, keysOf(columns), one) : point(field, one, ...endsOf(question)),
  );
}

function statements(question: Servqual, value: unknown): Record<string, unknown> {
  const { key, items, sides = SIDES, required = false } = question;
  const found = each(key, parts(key, value, keysOf(items), required), (field, one) =>
    each(field, parts(field, one, sides, required), (side, points) =>
      point(side, points, ...endsOf(question)),
    ),
  );
  return Object.fromEntries(Object.entries(found).filter(([, one]) => Object.keys(one).length));
}

function compared(question: MaxDiff, value: unknown): Record<string, unknown> {
  const { key, required = false } = question;
  const given = parts(key, value, ["design", "sets"], true);
  const design = point(`${key}.design`, given.design, 0, DESIGNS - 1);
  const shown = new Map(setsOf(question, design).map((options, at) => [String(at + 1), keysOf(options)]));
  const field = `${key}.sets`;
  const sets = each(field, parts(field, given.sets, [...shown.keys()], required), (place, one) => {
    const options = shown.get(place.slice(field.length + 1)) ?? [];
    const pair = each(place, parts(place, one, ["best", "worst"], true), (end, chosen) =>
      oneOf(end, options, chosen),
    );
    return pair.best === pair.worst ? refuse(place, "best_and_worst") : pair;
  });
  return Object.keys(sets).length ? { design, sets } : {};
}

function files(question: FileAsked, value: unknown): Record<string, unknown>[] {
  const { key, files: most = 1, megabytes = 5 } = question;
  if (!Array.isArray(value)) return refuse(key, "of_type");
  if (value.length > most) refuse(key, "too_many", { given: value.length, most });
  const numbered = Object.fromEntries(value.map((one, at) => [String(at + 1), one]));
  const found = each(key, numbered, (field, given) => {
    const { file, name, type, bytes } = parts(field, given, ["file", "name", "type", "bytes"], true);
    if (typeof file !== "string" || !/^[0-9a-f]{32}$/.test(file)) refuse(`${field}.file`, "unknown_file");
    if (!typesOf(question).includes(type as string)) refuse(`${field}.type`, "unknown_option");
    const size = point(`${field}.bytes`, bytes, 1, megabytes * 2 ** 20);
    return { file, name: text(`${field}.name`, name, 200), type, bytes: size };
  });
  const given = Object.values(found);
  once(
    key,
    given.map((one) => String(one.file)),
  );
  return given;
}
