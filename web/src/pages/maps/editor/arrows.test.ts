import { expect, test } from "vitest";
import { curve } from "./Arrows";

const card = (left: number, top: number) => ({ left, top, width: 140, height: 60 });
/** Every point that a path names. */
const points = (path: string) => path.match(/-?\d+(\.\d+)?/g)?.map(Number) ?? [];

test("an arrow begins and ends at the sides that look towards each other", () => {
  const right = points(curve(card(0, 0), card(300, 100)));
  expect(right.slice(0, 2)).toEqual([140, 30]);
  expect(right.slice(-2)).toEqual([300, 130]);
  const back = points(curve(card(300, 100), card(0, 0)));
  expect(back.slice(0, 2)).toEqual([300, 130]);
  expect(back.slice(-2)).toEqual([140, 30]);
});

test("in a column an arrow goes straight to the next card, and beside those between", () => {
  expect(curve(card(0, 0), card(0, 80))).toBe("M70 60L70 80");
  expect(curve(card(0, 80), card(0, 0))).toBe("M70 80L70 60");
  const far = points(curve(card(10, 0), card(10, 400)));
  expect(Math.min(...far.filter((one) => one < 10))).toBe(2);
});
