import { describe, expect, it } from "vitest";
import { fitted, lowered } from "./calm";

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

describe("a process map in a low room", () => {
  const map = {
    height: 400,
    yAxis: { max: 3.5 },
    series: [
      { type: "lines", data: [] },
      { type: "scatter", data: [{ symbolOffset: [0, -27] }, { symbolOffset: [0, 27] }] },
      {
        type: "scatter",
        symbolSize: [90, 46],
        label: { width: 82 },
        data: [{ label: { formatter: "a\nb" } }],
      },
      { type: "scatter", data: [{ value: [0, 1] }] },
    ],
    media: [{ option: { series: [{}, {}, { symbolSize: [60, 46], label: { width: 56 } }, { data: [] }] } }],
  };

  it("has low boxes with names alone, arrows at their edges, and no numbers", () => {
    const low = lowered(map, 192) as typeof map;
    expect(low.series).toMatchObject([
      { type: "lines" },
      { data: [{ symbolOffset: [0, -14] }, { symbolOffset: [0, 14] }] },
      { symbolSize: [90, 22], label: { width: 82, fontSize: 10 }, data: [{ label: { formatter: "{b}" } }] },
      { data: [] },
    ]);
    expect(low.media[0]?.option.series[2]).toMatchObject({ symbolSize: [60, 22], label: { width: 56 } });
  });

  it("is as it is where there is room", () => {
    expect(lowered(map, 400)).toBe(map);
    const bars = { series: [{ type: "bar" }] };
    expect(lowered(bars, 50)).toBe(bars);
  });
});
