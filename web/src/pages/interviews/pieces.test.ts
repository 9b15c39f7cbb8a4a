import { expect, test } from "vitest";
import { lengthOf, lettersOf, trimmed } from "./letters";
import { blocksOf, holding, piecesOf } from "./pieces";
import type { Interview } from "./types";

const of = (text: string, more: Partial<Interview> = {}) =>
  blocksOf(
    { text, turns: [], pages: [], times: [], ...more } as unknown as Interview,
    lettersOf(text),
    lengthOf(text),
  );

test("characters are counted as the service counts them", () => {
  const letters = lettersOf("a\u{1F600}bc");
  expect(letters(1, 3)).toBe("\u{1F600}b");
  expect(trimmed(lettersOf(" \u{1F600} x \n"), 0, 6)).toEqual([1, 4]);
  expect(trimmed(lettersOf("  "), 0, 2)).toBeNull();
});

test("a document is its paragraphs, and pages begin where they begin", () => {
  const blocks = of("one\n\n\u{1F600} two\nthree", {
    pages: [
      [0, 1],
      [9, 2],
    ],
  });
  expect(blocks.map(({ start, end, page }) => [start, end, page])).toEqual([
    [0, 3, 1],
    [5, 10, null],
    [11, 16, 2],
  ]);
});

test("a transcript is its turns and what stands before them", () => {
  const text = "Notes\nAnn: hi\nBo: yes";
  const turn = { speaker: "P1", time: 3 };
  const turns = [
    { ...turn, start: 11, end: 13 },
    { ...turn, start: 18, end: 21 },
  ];
  expect(of(text, { turns }).map(({ start, end, speaker }) => [start, end, speaker])).toEqual([
    [0, 5, null],
    [11, 13, "P1"],
    [18, 21, "P1"],
  ]);
});

test("pieces cover the block, each with the highlights over it", () => {
  const marks = [
    { id: "a", start: 2, end: 8 },
    { id: "b", start: 4, end: 6 },
    { id: "lost", start: null, end: null },
    { id: "far", start: 90, end: 99 },
  ];
  expect(piecesOf({ start: 0, end: 7 }, marks)).toEqual([
    { start: 0, end: 2, ids: [] },
    { start: 2, end: 4, ids: ["a"] },
    { start: 4, end: 6, ids: ["a", "b"] },
    { start: 6, end: 7, ids: ["a"] },
  ]);
});

test("what holds is the last post before", () => {
  expect(
    [-1, 0, 4, 5, 99].map((at) =>
      holding(
        [
          [0, 1],
          [5, 2],
        ],
        at,
      ),
    ),
  ).toEqual([null, 1, 1, 2, 2]);
});
