import { describe, expect, it } from "vitest";
import { fitted } from "./calm";

const nodes = (...depths: number[]) => depths.map((depth) => ({ depth }));

describe("a flow", () => {
  it("has its names within its columns, on narrow pages too", () => {
    const option = {
      series: [{ type: "sankey", data: nodes(0, 1, 2, 3), label: { color: "#000", width: 300 } }],
      media: [
        { query: { maxWidth: 639 }, option: { series: [{ data: nodes(0, 1), label: { width: 90 } }] } },
        { option: { series: [{ label: { width: 300 } }] } },
        { option: { title: {} } },
      ],
    };
    const drawn = fitted(option, 416);
    expect(drawn.series).toMatchObject([{ right: 100, label: { color: "#000", width: 84 } }]);
    expect(drawn.media).toMatchObject([
      { option: { series: [{ right: 150, label: { width: 134 } }] } },
      { option: { series: [{ right: 100, label: { width: 84 } }] } },
      { option: { title: {} } },
    ]);
  });

  it("is all that is fitted", () => {
    const bars = { series: [{ type: "bar" }] };
    expect(fitted(bars, 400)).toBe(bars);
  });
});
