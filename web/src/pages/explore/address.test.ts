import { describe, expect, it } from "vitest";
import type { Spec } from "@/api/types";
import { askOf, howOf, searchOf, specOf } from "./address";

const back = (address: string) => specOf(new URLSearchParams(address.split("?")[1] ?? ""));

describe("the address of a question", () => {
  it("keeps plain texts readable", () => {
    expect(askOf("trend", { event: "Cart Viewed", every: "week" })).toBe(
      "explore/trend?event=Cart+Viewed&every=week",
    );
  });

  it.each<Spec>([
    { within: "7d" },
    { event: "7" },
    { event: "true" },
    { event: '"quoted"' },
    { event: "[odd" },
    { where: "channel = 'store' and value > 100" },
    { steps: ["A", { event: "B", where: "value > 1", optional: true }] },
    { limit: 3, deep: null, on: false, share: -0.5 },
    { event: "" },
    { event: "搜索 & 购买 = ?" },
  ])("gives the question back: %j", (spec) => {
    expect(back(askOf("any", spec))).toEqual(spec);
  });

  it("leaves out how it is shown", () => {
    const asked = new URLSearchParams("a=1&~as=table");
    expect(specOf(asked)).toEqual({ a: 1 });
    expect(howOf(asked)).toEqual({ as: "table" });
    expect(searchOf({ a: 1 }, { as: "table", vs: null }).toString()).toBe("a=1&%7Eas=table");
  });

  it("of an empty question is the analysis alone", () => {
    expect(askOf("funnel", {})).toBe("explore/funnel");
  });
});
