/** Conditions as sentences: "when the answer to … is …", one after the other; others are written by hand. */

import type { Question, Survey } from "@survey/definition";
import { endsOf, KANO, OTHER } from "@survey/definition";
import { type Condition, type Literal, parsed } from "@survey/logic/conditions";
import { inLanguage } from "@survey/logic/piping";

export type Sign = "=" | "!=" | "<=" | ">=" | "given" | "missing";

export interface Clause {
  /** The question, and the part of its answer behind a dot. */
  name: string;
  sign: Sign;
  value: string;
}

export interface Sentences {
  /** Whether all of them must hold, or one. */
  joint: "and" | "or";
  clauses: Clause[];
}

/** Something that a clause may be about. */
export interface Subject {
  name: string;
  title: string;
  signs: Sign[];
  /** What it may be compared with; anything, where there are none. */
  values: { value: string; label: string }[] | null;
  number: boolean;
}

const ORDERED: Sign[] = ["<=", ">=", "=", "!=", "given", "missing"];
const CHOSEN: Sign[] = ["=", "!=", "given", "missing"];

/** What a condition may be about: the questions before it, and the parts of their answers. */
export function subjectsOf(earlier: Question[], language: string, words: (key: string) => string): Subject[] {
  return earlier.flatMap((question) => partsOf(question, language, words));
}

function partsOf(question: Question, language: string, words: (key: string) => string): Subject[] {
  const { key } = question;
  const title = inLanguage(question.title, language) || key;
  const range = (low: number, high: number) =>
    Array.from({ length: high - low + 1 }, (_, at) => String(low + at)).map((value) => ({
      value,
      label: value,
    }));
  const numbers = (name: string, named: string, low: number, high: number): Subject => ({
    name,
    title: named,
    signs: ORDERED,
    values: range(low, high),
    number: true,
  });
  const listed = (options: { key: string; text: Record<string, string> }[]) =>
    options.map((one) => ({ value: one.key, label: inLanguage(one.text, language) || one.key }));
  const truth = [
    { value: "true", label: words("yes") },
    { value: "false", label: words("no") },
  ];
  const part = (one: { text: Record<string, string>; key: string }) =>
    `${title} · ${inLanguage(one.text, language) || one.key}`;
  switch (question.kind) {
    case "single": {
      const other = question.other ? [{ value: OTHER, label: words("other") }] : [];
      return [
        { name: key, title, signs: CHOSEN, values: [...listed(question.options), ...other], number: false },
      ];
    }
    case "multi":
      return question.options.map((one) => ({
        name: `${key}.${one.key}`,
        title: part(one),
        signs: ["="],
        values: truth,
        number: true,
      }));
    case "ranking":
      return question.options.map((one) =>
        numbers(`${key}.${one.key}`, part(one), 1, question.options.length),
      );
    case "matrix":
      return question.rows.map((one) =>
        question.columns
          ? {
              name: `${key}.${one.key}`,
              title: part(one),
              signs: CHOSEN,
              values: listed(question.columns),
              number: false,
            }
          : numbers(`${key}.${one.key}`, part(one), ...endsOf(question)),
      );
    case "servqual":
      return question.items.map((one) =>
        numbers(`${key}.${one.key}.perception`, part(one), ...endsOf(question)),
      );
    case "kano":
      return (["functional", "dysfunctional"] as const).map((half) => ({
        name: `${key}.${half}`,
        title: `${title} · ${inLanguage(question[half], language)}`,
        signs: CHOSEN,
        values: KANO.map((value) => ({ value, label: words(`kano_${value}`) })),
        number: false,
      }));
    case "consent":
      return [{ name: key, title, signs: ["=", "given", "missing"], values: truth, number: true }];
    case "number":
      return [{ name: key, title, signs: ORDERED, values: null, number: true }];
    case "date":
      return [{ name: key, title, signs: ORDERED, values: null, number: false }];
    case "text":
    case "maxdiff":
    case "file":
      return [{ name: key, title, signs: ["given", "missing"], values: [], number: false }];
    default:
      return [numbers(key, title, ...endsOf(question))];
  }
}

/** The questions that are answered before another one is asked. */
export function earlierThan(survey: Survey, page: number, at: number): Question[] {
  const before = survey.pages.slice(0, page).flatMap((one) => one.questions);
  const here = survey.pages[page];
  return here?.shuffle ? before : [...before, ...(here?.questions.slice(0, at) ?? [])];
}

/** The sentences that a condition is made of; null where it is none of these. */
export function read(written: string): Sentences | null {
  const found = parsed(written);
  if (!found) return null;
  const parts = found.is === "and" || found.is === "or" ? found.parts : [found];
  const clauses = parts.map(clauseOf);
  const joint = found.is === "or" ? "or" : "and";
  return clauses.some((one) => one === null) ? null : { joint, clauses: clauses as Clause[] };
}

function clauseOf(one: Condition): Clause | null {
  if (one.is === "null") return { name: one.name, sign: one.negated ? "given" : "missing", value: "" };
  if (one.is !== "compare" || one.op === "<" || one.op === ">") return null;
  return { name: one.name, sign: one.op, value: said(one.value) };
}

function said(value: Literal): string {
  return typeof value === "number" ? String(value) : value;
}

/** The condition of some sentences; those that are not complete yet are left out. */
export function write({ joint, clauses }: Sentences, subjects: Subject[]): string {
  return clauses
    .map(({ name, sign, value }) => {
      if (sign === "given" || sign === "missing") return `${name} is ${sign === "given" ? "not " : ""}null`;
      const number = subjects.find((one) => one.name === name)?.number;
      if (value === "" || (number && !/^(true|false|-?\d+(\.\d+)?)$/.test(value))) return "";
      return `${name} ${sign} ${number ? value : `'${value.replaceAll("'", "''")}'`}`;
    })
    .filter(Boolean)
    .join(` ${joint} `);
}
