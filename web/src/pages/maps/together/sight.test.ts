import { expect, test } from "vitest";
import { type Spots, sightOf, wayTo } from "./sight";

const box = (left: number, top: number, width = 100, height = 50) =>
  ({ left, top, width, height, right: left + width, bottom: top + height }) as DOMRect;
const seen = box(0, 0, 400, 300);
/** Lanes below each other, steps beside each other, as they stand after one has scrolled. */
const spots = (left: number, top: number): Spots => ({
  lanes: ["a", "b", "c", "d"].map((key, row) => [key, box(0, row * 100 - top)]),
  steps: ["1", "2", "3", "4", "5", "6"].map((key, col) => [key, box(col * 100 - left, 0)]),
});

test("what one sees is the lane and the step nearest to the middle", () => {
  expect(sightOf(seen, spots(0, 0))).toBe("b/2");
  expect(sightOf(seen, spots(230, 120))).toBe("c/5");
  expect(sightOf(seen, { lanes: [], steps: [] })).toBe("");
});

test("whoever follows sees the same in the middle", () => {
  const { left, top } = wayTo("d/5", seen, spots(0, 0));
  expect(sightOf(seen, spots(left, top))).toBe("d/5");
  expect(wayTo("gone/gone", seen, spots(0, 0))).toEqual({ left: 0, top: 0 });
});
