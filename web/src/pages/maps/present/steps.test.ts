import { expect, test } from "vitest";
import { after, swiped } from "./steps";

test("keys lead on and back, and never beyond the ends", () => {
  expect([" ", "ArrowRight", "PageDown"].map((key) => after(key, 1, 4))).toEqual([2, 2, 2]);
  expect(["ArrowLeft", "PageUp"].map((key) => after(key, 1, 4))).toEqual([0, 0]);
  expect([after("ArrowRight", 3, 4), after("ArrowLeft", 0, 4)]).toEqual([3, 0]);
  expect([after("Home", 2, 4), after("End", 2, 4), after("x", 2, 4)]).toEqual([0, 3, null]);
  expect(after("End", 0, 0)).toBe(0);
});

test("a finger that goes far enough along leads on to the left and back to the right", () => {
  expect([swiped(-90, 10, 1, 4), swiped(90, -10, 1, 4)]).toEqual([2, 0]);
  expect([swiped(-90, 0, 3, 4), swiped(90, 0, 0, 4)]).toEqual([3, 0]);
  expect([swiped(-30, 0, 1, 4), swiped(-90, 80, 1, 4), swiped(0, 200, 1, 4)]).toEqual([null, null, null]);
});
