import { describe, expect, it, test } from "vitest";
import { inHeight, lowered } from "./low";

const lanes = {
  grid: [
    { left: 60, top: 74, bottom: "64%" },
    { left: 60, top: "43%", bottom: "38%" },
    { left: 60, top: "69%", bottom: 32 },
  ],
  xAxis: [0, 1, 2].map((gridIndex) => ({ type: "time", gridIndex, axisLabel: { show: gridIndex === 2 } })),
  yAxis: [0, 1, 2].map((gridIndex) => ({ type: "value", gridIndex, name: "n" })),
  series: [0, 1, 2].map((place) => ({ type: "line", xAxisIndex: place, yAxisIndex: place })),
  media: [
    { query: { maxWidth: 639 }, option: { grid: [{ right: 92, top: 90 }, { right: 92 }, { right: 92 }] } },
  ],
};

const shapeOf = (option: object) => {
  const { grid, xAxis, series } = option as typeof lanes;
  return [grid, xAxis, series].map((part) => part.length);
};

test("as many plots as can be read, none over another", () => {
  expect(shapeOf(inHeight(lanes, 150))).toEqual([1, 1, 1]);
  expect(shapeOf(inHeight(lanes, 210))).toEqual([2, 2, 2]);
  const whole = inHeight(lanes, 400) as unknown as { grid: { top: number; height: number }[] };
  expect(shapeOf(whole)).toEqual([3, 3, 3]);
  whole.grid.slice(1).forEach(({ top }, place) => {
    const above = whole.grid[place] as { top: number; height: number };
    expect(top).toBeGreaterThanOrEqual(above.top + above.height + 30);
  });
  const last = whole.grid[2] as { top: number; height: number };
  expect(last.top + last.height).toBeLessThanOrEqual(400 - 20);
});

test("the last plot that is drawn has the times", () => {
  const { xAxis, media } = inHeight(lanes, 150) as typeof lanes;
  expect(xAxis[0]?.axisLabel.show).toBe(true);
  expect(media[0]?.option.grid).toEqual([{ right: 92 }]);
});

test("colours go with the plot that has them", () => {
  const option = {
    grid: [
      { top: 70, bottom: "50%" },
      { top: "63%", bottom: 24 },
    ],
    xAxis: [{ type: "category", name: "months later" }, { type: "category" }],
    yAxis: [{ type: "value" }, { type: "category", data: Array(12).fill("x") }],
    series: [{ type: "line" }, { type: "heatmap", xAxisIndex: 1 }],
    visualMap: { seriesIndex: 1 },
  };
  expect(inHeight(option, 200)).not.toHaveProperty("visualMap");
  expect(inHeight(option, 420)).toHaveProperty("visualMap");
  const both = inHeight(option, 420) as { xAxis: { axisLabel?: object }[] };
  expect(shapeOf(both)).toEqual([2, 2, 2]);
  expect(both.xAxis[1]?.axisLabel).toBeUndefined();
});

test("a picture of one plot is as it was", () => {
  const one = { grid: { top: 70 }, series: [{ type: "bar" }] };
  expect(inHeight(one, 150)).toBe(one);
});

describe("a process map in a low room", () => {
  const map = {
    plotHeight: 400,
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
