import { describe, expect, it } from "vitest";
import { sidesOf } from "./sides";

describe("what is compared", () => {
  it.each([
    { by: "segments", a: "VIP", b: "did 'A'" },
    { by: "periods", a: { since: "2026-01-01T00:00:00Z", until: null }, b: { since: null, until: null } },
  ])("is in the address: %j", (sides) => expect(sidesOf(JSON.stringify(sides))).toEqual(sides));

  it.each([
    undefined,
    null,
    "",
    "nonsense",
    "3",
    '{"by":"segments","a":"x"}',
    '{"by":"periods","a":"x","b":"y"}',
  ])("may be nothing: %j", (text) => expect(sidesOf(text)).toBeNull());
});
