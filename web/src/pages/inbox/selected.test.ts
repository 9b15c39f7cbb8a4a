import { expect, test } from "vitest";
import { trimmed } from "./selected";

test("a stretch loses the blanks at its ends, and nothing else", () => {
  const letters = Array.from("  😀 two weeks\n");
  expect(trimmed(letters, [0, letters.length])).toEqual([2, 13]);
  expect(trimmed(letters, [3, 7])).toEqual([4, 7]);
  expect(trimmed(letters, [0, 2])).toEqual([2, 2]);
});
