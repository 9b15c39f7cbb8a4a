import { expect, test } from "vitest";
import { fits } from "./fits";
import type { LibraryMap } from "./useLibrary";

const map = {
  title: "Shopping online",
  owner: "Marketing",
  step: null,
  tags: ["ecommerce"],
  status: "live",
} as unknown as LibraryMap;
const all = { words: "", status: null, owner: null, tag: null };

test("a map is found by every word that is said of it", () => {
  expect(fits(map, all)).toBe(true);
  expect(fits(map, { ...all, words: "ONLINE marketing" })).toBe(true);
  expect(fits(map, { ...all, words: "online bank" })).toBe(false);
});

test("state, owner and tag narrow it down together", () => {
  expect(fits(map, { words: "", status: "live", owner: "Marketing", tag: "ecommerce" })).toBe(true);
  expect(fits(map, { ...all, status: "draft" })).toBe(false);
  expect(fits(map, { ...all, owner: "Sales" })).toBe(false);
  expect(fits(map, { ...all, tag: "retail" })).toBe(false);
});
