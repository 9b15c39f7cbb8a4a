import type { Question, Survey } from "@survey/definition";
import { holds } from "@survey/logic/conditions";
import { expect, test } from "vitest";
import { earlierThan, read, subjectsOf, write } from "./sentence";

const title = { zh: "题", en: "Ask" };
const options = [
  { key: "fast", text: { zh: "快", en: "Fast" } },
  { key: "kind", text: { zh: "好", en: "Kind" } },
];
const questions: Question[] = [
  { key: "likely", kind: "nps", title },
  { key: "where", kind: "single", title, options, other: true },
  { key: "liked", kind: "multi", title, options },
  { key: "order", kind: "ranking", title, options },
  { key: "grid", kind: "matrix", title, rows: options, points: 5 },
  { key: "pair", kind: "kano", title, functional: title, dysfunctional: title },
  { key: "agreed", kind: "consent", title, category: "mail" },
  { key: "days", kind: "number", title },
  { key: "came", kind: "date", title },
  { key: "said", kind: "text", title },
];
const subjects = subjectsOf(questions, "en", (key) => key);
const named = (name: string) => subjects.find((one) => one.name === name);

test("what is written as sentences is read as the same sentences", () => {
  for (const subject of subjects) {
    for (const sign of subject.signs) {
      const value =
        sign === "given" || sign === "missing"
          ? ""
          : (subject.values?.[0]?.value ?? (subject.number ? "7" : "2026-01-01"));
      for (const joint of ["and", "or"] as const) {
        const clauses = [
          { name: subject.name, sign, value },
          { name: "likely", sign: "<=" as const, value: "6" },
        ];
        expect(read(write({ joint, clauses }, subjects))).toEqual({ joint, clauses });
      }
    }
  }
});

test("a sentence is true of the answer that it names", () => {
  const facts = { likely: 3, where: "fast", liked: { fast: true, kind: false }, agreed: false };
  const one = (name: string, sign: "=" | "<=", value: string) =>
    holds(write({ joint: "and", clauses: [{ name, sign, value }] }, subjects), facts);
  expect(one("likely", "<=", "3")).toBe(true);
  expect(one("where", "=", "fast")).toBe(true);
  expect(one("liked.kind", "=", "false")).toBe(true);
  expect(one("agreed", "=", "true")).toBe(false);
});

test("clauses that are not complete are left out", () => {
  expect(write({ joint: "and", clauses: [{ name: "likely", sign: "<=", value: "" }] }, subjects)).toBe("");
  expect(named("where")?.values?.map((one) => one.value)).toEqual(["fast", "kind", "other"]);
});

test("what sentences cannot say is left to be written", () => {
  for (const written of [
    "likely < 3",
    "not likely = 3",
    "likely in (1, 2)",
    "likely = 1 and (where = 'a' or days = 2)",
    "likely <",
  ])
    expect(read(written)).toBeNull();
});

test("a condition may ask for what was answered before", () => {
  const survey: Survey = {
    key: "made",
    title,
    pages: [{ questions: questions.slice(0, 2) }, { questions: questions.slice(2, 4), shuffle: true }],
  };
  const keys = (page: number, at: number) => earlierThan(survey, page, at).map((one) => one.key);
  expect(keys(0, 1)).toEqual(["likely"]);
  expect(keys(1, 1)).toEqual(["likely", "where"]);
});
