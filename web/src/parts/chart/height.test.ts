import { expect, test } from "vitest";
import { inHeight } from "./height";

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
