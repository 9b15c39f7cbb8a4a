import type { Survey } from "@survey/definition";
import { expect, test } from "vitest";
import { keptAs, redone, undone } from "./useDraft";

const named = (key: string): Survey => ({ key, title: { en: key }, pages: [] });

test("a step that is taken back can be done again", () => {
  const [a, b, c] = [named("a"), named("b"), named("c")];
  const steps = { past: [a, b], now: c, future: [] };
  const back = undone(steps);
  expect(back).toEqual({ past: [a], now: b, future: [c] });
  expect(redone(back)).toEqual(steps);
  expect(undone(undone(undone(steps)))).toEqual({ past: [], now: a, future: [b, c] });
});

test("what was typed while a draft was saved stays", () => {
  const [a, b, c, kept] = [named("a"), named("b"), named("c"), named("kept")];
  const sent = { past: [a], now: b, future: [] };
  expect(keptAs(b, kept)(sent)).toEqual({ past: [], now: kept, future: [] });
  const since = { past: [a, b], now: c, future: [] };
  expect(keptAs(b, kept)(since)).toEqual(since);
});

test("where there is no step, nothing changes", () => {
  const only = { past: [], now: named("a"), future: [] };
  expect(undone(only)).toEqual(only);
  expect(redone(only)).toEqual(only);
});
