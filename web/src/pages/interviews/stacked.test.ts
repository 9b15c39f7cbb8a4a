import { expect, test } from "vitest";
import { stacked } from "./stacked";

test("notes stand beside their words, and none over another", () => {
  expect(stacked([0, 10, 300], [50, 50, 50], -1)).toEqual([0, 58, 300]);
});

test("the open one stands exactly beside its words; those above make room", () => {
  expect(stacked([100, 110, 120], [40, 40, 40], 2)).toEqual([24, 72, 120]);
  expect(stacked([0, 10, 20], [40, 40, 40], 2)).toEqual([0, 48, 96]);
});
