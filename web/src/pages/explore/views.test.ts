import { describe, expect, it } from "vitest";
import { viewOf, viewsOf } from "./views";

describe("views", () => {
  it("are those that the answer has", () => {
    expect(viewsOf("funnel", { steps: ["A", "B"] })).toEqual(["picture", "times", "table"]);
    expect(viewsOf("funnel", { steps: ["A"] })).toEqual(["picture", "table"]);
    expect(viewsOf("trend", {})).toEqual(["picture", "table"]);
    expect(viewsOf("drivers", { outcome: "nps" })).toEqual(["picture", "table"]);
    expect(viewsOf("drivers", { outcome: "did 'Order Completed'" })).toEqual(["picture", "linked", "table"]);
  });

  it("are the first where there is no such view", () => {
    expect(viewOf("funnel", { steps: ["A", "B"] }, "times")).toEqual({ as: "times", part: "times" });
    expect(viewOf("funnel", { steps: ["A"] }, "times")).toEqual({ as: "picture", part: null });
    expect(viewOf("clusters", {})).toEqual({ as: "cards", part: null });
    expect(viewOf("clusters", {}, "picture")).toEqual({ as: "picture", part: null });
    expect(viewOf("trend", {}, "table")).toEqual({ as: "table", part: null });
  });
});
