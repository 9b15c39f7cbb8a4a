import { describe, expect, it } from "vitest";
import { nothingOf, valuesOf, withProperty, withRequired } from "./edited";

describe("a contract that is edited", () => {
  const paid = withRequired(withProperty(nothingOf("Paid"), "total", { type: ["number"] }), "total", true);

  it("asks for what was added", () => {
    expect(paid).toEqual({
      event: "Paid",
      mode: "observe",
      properties: { total: { type: ["number"] } },
      required: ["total"],
    });
  });

  it("asks no longer for what was taken out", () => {
    expect(withProperty(paid, "total", null)).toEqual(nothingOf("Paid"));
    expect(withRequired(paid, "total", false).required).toEqual([]);
  });

  it("allows values of the property's own type", () => {
    expect(valuesOf(["1", "2.5"], { type: ["number"] })).toEqual([1, 2.5]);
    expect(valuesOf(["1"], { type: ["string"] })).toEqual(["1"]);
    expect(valuesOf([], { type: ["string"] })).toBeNull();
  });
});
