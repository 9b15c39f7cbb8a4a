import { expect, test } from "vitest";
import { calledIn, withCalled } from "./document";

const kitchen = { zh: "后厨", en: "Kitchen" };

test("a department is called as its reader speaks, whichever language names it", () => {
  const known = [kitchen];
  expect([calledIn(known, "Kitchen", "zh"), calledIn(known, "后厨", "en")]).toEqual(["后厨", "Kitchen"]);
  expect([calledIn(known, "IT", "zh"), calledIn(undefined, "IT", "zh")]).toEqual(["IT", "IT"]);
  expect(calledIn(known, undefined, "zh")).toBeUndefined();
});

test("what is called otherwise takes the place of what it was called; alike in both it needs no entry", () => {
  expect(withCalled(undefined, "Kitchen", kitchen)).toEqual([kitchen]);
  expect(withCalled([kitchen], "后厨", { zh: "厨房", en: "Kitchen" })).toEqual([
    { zh: "厨房", en: "Kitchen" },
  ]);
  expect(withCalled([kitchen], "Kitchen", { zh: "Kitchen", en: "Kitchen" })).toEqual([]);
});
