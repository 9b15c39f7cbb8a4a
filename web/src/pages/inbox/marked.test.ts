import { expect, test } from "vitest";
import { piecesOf, spanOf } from "./marked";

const TEXT = "\u{1F600} slow delivery, kind staff";

test("pieces put together are the text, whatever is marked", () => {
  const pieces = piecesOf(
    TEXT,
    [
      { start: 2, end: 6, weight: -0.8 },
      { start: 17, end: 21, weight: 0.6 },
      { start: 7, end: 15, weight: 0.01 },
    ],
    [{ start: 2, end: 15, what: "topic", value: { name: "Delivery" } }],
    [17, 27],
  );
  expect(pieces.map(({ text }) => text).join("")).toBe(TEXT);
  const slow = pieces.find(({ text }) => text === "slow");
  expect(slow).toMatchObject({ start: 2, weight: -1, shows: ["Delivery"], pointed: false });
  expect(pieces.find(({ text }) => text === "kind")).toMatchObject({
    weight: expect.closeTo(0.75),
    pointed: true,
  });
  expect(pieces.find(({ text }) => text.includes("delivery"))).toMatchObject({ weight: 0 });
});

test("a text without anything is one piece", () => {
  expect(piecesOf("fine", [])).toEqual([{ start: 0, text: "fine", weight: 0, shows: [], pointed: false }]);
});

test("a span is read from an address", () => {
  expect(spanOf("3-9")).toEqual([3, 9]);
  expect(spanOf("9-3")).toBeNull();
  expect(spanOf(null)).toBeNull();
});
