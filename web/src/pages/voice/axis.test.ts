import { expect, test } from "vitest";
import { at, axisOf } from "./axis";

test("an axis has round ends around its numbers", () => {
  expect(axisOf([3.72, 4.41, null])).toEqual({ from: 3.6, to: 4.6 });
  expect(axisOf([-12, 45])).toEqual({ from: -20, to: 60 });
});

test("it goes no further than there can be numbers", () => {
  expect(axisOf([0.02, 0.97], [0, 1])).toEqual({ from: 0, to: 1 });
  expect(axisOf([], [1, 5])).toEqual({ from: 1, to: 5 });
});

test("one number has room beside it", () => {
  const axis = axisOf([4]);
  expect(axis.from).toBeLessThanOrEqual(4);
  expect(axis.to).toBeGreaterThan(axis.from);
});

test("a number stands between the ends", () => {
  expect(at({ from: 0, to: 4 }, 1)).toBe(0.25);
  expect(at({ from: 0, to: 4 }, 9)).toBe(1);
});
