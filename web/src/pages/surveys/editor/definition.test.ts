import type { Question, Survey } from "@survey/definition";
import { questionsOf } from "@survey/definition";
import { expect, test } from "vitest";
import { blank, duplicated, freeKey, KINDS, keysOf, moved, optional, removed, stepped } from "./definition";

const asked = (key: string): Question => ({ key, kind: "text", title: { zh: key, en: key } });
const survey: Survey = {
  key: "made",
  title: { zh: "题", en: "Made" },
  pages: [{ questions: [asked("a"), asked("b")] }, { questions: [asked("c")] }],
};
const order = (one: Survey) =>
  one.pages.map((page) => page.questions.map((question) => question.key).join(""));

test("questions step within their page and over its edge", () => {
  const down = stepped(survey, { page: 0, at: 0 }, 1);
  expect(order(down.survey)).toEqual(["ba", "c"]);
  const over = stepped(down.survey, down.place, 1);
  expect(order(over.survey)).toEqual(["b", "ac"]);
  expect(over.place).toEqual({ page: 1, at: 0 });
  expect(order(stepped(over.survey, over.place, -1).survey)).toEqual(["ba", "c"]);
  expect(order(stepped(survey, { page: 0, at: 0 }, -1).survey)).toEqual(["ab", "c"]);
  expect(order(stepped(survey, { page: 1, at: 0 }, 1).survey)).toEqual(["ab", "c"]);
});

test("a question is put where another one is, and nothing is lost", () => {
  for (const from of "abc") {
    for (const onto of "abc") {
      const next = moved(survey, from, onto);
      expect(keysOf(next).sort()).toEqual(["a", "b", "c"]);
      const place = order(survey).findIndex((page) => page.includes(onto));
      expect(order(next)[place]).toContain(from);
    }
  }
  expect(order(survey)).toEqual(["ab", "c"]);
});

test("a copy has a key of its own, and stands behind", () => {
  const next = duplicated(survey, { page: 0, at: 0 });
  expect(order(next)).toEqual(["aa_2b", "c"]);
  expect(order(removed(next, { page: 0, at: 1 }))).toEqual(["ab", "c"]);
  expect(freeKey("a", ["a", "a_2"])).toBe("a_3");
});

test("a question of every kind can be begun, each with a key that is free", () => {
  let taken: string[] = [];
  for (const kind of KINDS.flatMap((group) => group.kinds)) {
    const one = blank(kind, taken);
    expect(one.kind).toBe(kind);
    expect(taken).not.toContain(one.key);
    taken = [...taken, one.key];
  }
  expect(questionsOf(survey).length).toBe(3);
});

test("what says nothing is not there", () => {
  expect(optional({ zh: " ", en: "" })).toBeUndefined();
  expect(optional({ zh: "好", en: "" })).toEqual({ zh: "好", en: "" });
});
