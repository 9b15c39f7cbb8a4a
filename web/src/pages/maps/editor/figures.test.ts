import { expect, test } from "vitest";
import { figure, odi, rice } from "./figures";

test("opportunity and RICE are as their sources have them", () => {
  expect(odi(8.2, 4.1)).toBeCloseTo(12.3);
  expect(odi(5, 9)).toBe(5);
  expect(odi(5, undefined)).toBeNull();
  expect(rice(4000, 2, 0.8, 3)).toBeCloseTo(2133.33);
  expect(rice(4000, 2, 0.8, 0)).toBeNull();
});

test("numbers are written as on the register", () => {
  expect([12.3, 5, 2133.33].map(figure)).toEqual(["12.3", "5", "2,133"]);
});
