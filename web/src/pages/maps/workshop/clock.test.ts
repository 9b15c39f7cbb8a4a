import { expect, test } from "vitest";
import { clock, heardOf } from "./clock";

test("a clock counts down to none", () => {
  expect([300, 61, 59.2, 0.4, 0, -12].map(clock)).toEqual(["5:00", "1:01", "1:00", "0:01", "0:00", "0:00"]);
});

test("the last minute and the end are heard, once each", () => {
  const heard = [62, 61, 60, 59, 1, 0, -1].map((now, at, all) => heardOf(all[at - 1] ?? 63, now));
  expect(heard).toEqual([null, null, "minute", null, null, "over", null]);
});
