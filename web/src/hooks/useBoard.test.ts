import { expect, test } from "vitest";
import { putBack } from "./useBoard";

test("a board comes back to its place, whatever came and went meanwhile", () => {
  expect(putBack(["a", "c", "new"], "new", ["a"])).toEqual(["a", "new", "c"]);
  expect(putBack(["a", "c", "new"], "new", [])).toEqual(["new", "a", "c"]);
  expect(putBack(["c", "later", "new"], "new", ["a"])).toEqual(["new", "c", "later"]);
  expect(putBack(["a", "b", "new"], "new", ["b", "a"])).toEqual(["a", "b", "new"]);
});
