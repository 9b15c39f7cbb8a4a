import { expect, test } from "vitest";
import { asking } from "./useAddress";

const told = (search: string, asks: Parameters<typeof asking>[1]) =>
  asking(new URLSearchParams(search), asks).toString();

test("what is asked takes the place of what was asked by that name", () => {
  expect(told("a=1&b=2&a=3", { a: "4" })).toBe("b=2&a=4");
  expect(told("a=1", { b: ["2", "3"], a: undefined })).toBe("b=2&b=3");
});

test("what is asked for nothing is not in the address", () => {
  expect(told("a=1&b=2&c=3&d=4", { a: null, b: undefined, c: "", d: [] })).toBe("");
});

test("the address that was stays as it was", () => {
  const before = new URLSearchParams("a=1");
  asking(before, { a: "2" });
  expect(before.toString()).toBe("a=1");
});
