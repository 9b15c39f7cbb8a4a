import { expect, test } from "vitest";
import { sorted } from "./sorting";
import type { Entry } from "./useRegisters";

const entry = (text: string, reach: number | null) =>
  ({
    at: { text },
    owner: null,
    numbers: reach === null ? [] : [{ name: "reach", value: reach }],
  }) as unknown as Entry;

test("what is not known comes last, whichever way it is sorted", () => {
  const some = [entry("b", null), entry("a", 2), entry("c", 10)];
  const texts = (by: string, down: boolean) => sorted(some, { by, down }, "en").map((one) => one.at.text);
  expect(texts("reach", true)).toEqual(["c", "a", "b"]);
  expect(texts("reach", false)).toEqual(["a", "c", "b"]);
  expect(texts("text", false)).toEqual(["a", "b", "c"]);
  expect(sorted(some, null, "en")).toBe(some);
});
