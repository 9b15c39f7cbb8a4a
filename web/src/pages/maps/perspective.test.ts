import { expect, test } from "vitest";
import { kindOf, ofOne, textOf } from "./perspective";

test("a perspective is read as what it names", () => {
  const segments = ["VIP", "lifecycle:new"];
  expect(kindOf(undefined, segments)).toEqual(["everybody", ""]);
  expect(kindOf("everybody", segments)).toEqual(["everybody", ""]);
  expect(kindOf("persona:flyer", segments)).toEqual(["persona", "flyer"]);
  expect(kindOf("customer:~17", segments)).toEqual(["customer", "~17"]);
  expect(kindOf("lifecycle:new", segments)).toEqual(["segment", "lifecycle:new"]);
  expect(kindOf("channel = 'store'", segments)).toEqual(["condition", "channel = 'store'"]);
});

test("dates are those of one customer", () => {
  expect(["customer:ann", "persona:flyer", "everybody", undefined].map(ofOne)).toEqual([
    true,
    false,
    false,
    false,
  ]);
});

test("what is read is written the same way", () => {
  for (const who of ["persona:flyer", "customer:ann@example.com", "VIP", "did A"]) {
    expect(textOf(...kindOf(who, ["VIP"]))).toBe(who);
  }
  expect(textOf("persona", " ")).toBeUndefined();
});
