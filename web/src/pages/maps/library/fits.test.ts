import { expect, test } from "vitest";
import { fits, stalest } from "./fits";
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

test("maps with most that is stale come first, those nobody looked at last", () => {
  const of = (title: string, stale?: number, missed = 0) =>
    ({ ...map, title, stands: stale === undefined ? null : { stale, missed } }) as LibraryMap;
  const some = [of("new"), of("fresh", 0), of("short", 0, 2), of("stale", 3), of("worse", 3, 1)];
  expect(stalest(some).map((one) => one.title)).toEqual(["worse", "stale", "short", "fresh", "new"]);
  expect(some[0]?.title).toBe("new");
});
