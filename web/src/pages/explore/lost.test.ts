import { describe, expect, it } from "vitest";
import { goesOn } from "./lost";

describe("those who did not go on", () => {
  const spec = { steps: ["A", "B", "C"] };

  it("are asked for at each step but the last", () => {
    const at = (step: number) => goesOn({ analysis: "funnel", spec, cell: { step } });
    expect([1, 2, 3].map(at)).toEqual([true, true, false]);
  });

  it("are of funnels alone, and not of how long steps take", () => {
    expect(goesOn({ analysis: "flow", spec, cell: { step: 1 } })).toBe(false);
    expect(goesOn({ analysis: "funnel", spec, cell: { step: 1 }, part: "times" })).toBe(false);
  });
});
