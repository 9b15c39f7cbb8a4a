import { expect, test } from "vitest";
import { departmentIn, withDepartment } from "./document";

const kitchen = { zh: "后厨", en: "Kitchen" };

test("a department is called as its reader speaks, whichever language names it", () => {
  const known = [kitchen];
  expect([departmentIn(known, "Kitchen", "zh"), departmentIn(known, "后厨", "en")]).toEqual([
    "后厨",
    "Kitchen",
  ]);
  expect([departmentIn(known, "IT", "zh"), departmentIn(undefined, "IT", "zh")]).toEqual(["IT", "IT"]);
  expect(departmentIn(known, undefined, "zh")).toBeUndefined();
});

test("what is called otherwise takes the place of what it was called; alike in both it needs no entry", () => {
  expect(withDepartment(undefined, "Kitchen", kitchen)).toEqual([kitchen]);
  expect(withDepartment([kitchen], "后厨", { zh: "厨房", en: "Kitchen" })).toEqual([
    { zh: "厨房", en: "Kitchen" },
  ]);
  expect(withDepartment([kitchen], "Kitchen", { zh: "Kitchen", en: "Kitchen" })).toEqual([]);
});
