import { describe, expect, it } from "vitest";
import { rulesOf, withRules } from "./document";

const document = {
  key: "shop",
  stages: [
    { key: "look", name: "Look", entry: [{ events: ["Viewed"], channel: ["web"] }] },
    { key: "pay", name: "Pay", entry: [{ events: ["Paid"] }] },
  ],
};

describe("the rules of a model", () => {
  it("change for one stage, and leave the rest", () => {
    const rules = rulesOf(document, "look", "entry");
    const changed = withRules(document, "look", "entry", [
      { ...rules[0], where: "value > 1" },
      { where: "" },
    ]);
    expect(rulesOf(changed, "look", "entry")).toEqual([
      { events: ["Viewed"], channel: ["web"], where: "value > 1" },
      {},
    ]);
    expect(rulesOf(changed, "pay", "entry")).toEqual([{ events: ["Paid"] }]);
    expect(rulesOf(changed, "pay", "exit")).toEqual([]);
    expect(rulesOf(document, "look", "entry")).toEqual(rules);
  });
});
