import { describe, expect, it } from "vitest";
import { mainPart, shares, wholeOf } from "./main";

const line = (link: number, value: number, from: number, to: number) => ({
  link,
  value,
  coords: [
    [0, from],
    [0, to],
  ],
});
const box = (name: string, link: number, layer: number) => ({ name, link, value: [0, layer] });
const map = {
  plotHeight: 400,
  yAxis: { min: -0.5, max: 3.5 },
  series: [
    { type: "lines", data: [line(1, 60, 0, 3), line(2, 25, 3, 1), line(3, 5, 1, 2)] },
    { type: "scatter", data: [1, 2, 3].map((link) => ({ link, value: [0, [3, 1, 2][link - 1]] })) },
    { type: "scatter", data: [box("a", 1, 0), box("b", 1, 3), box("c", 2, 1), box("d", 3, 2)] },
    { type: "scatter", data: [{ link: 1, value: [0, 1.5] }] },
  ],
  media: [{ query: { maxWidth: 639 }, option: { series: [{}, {}, { symbolSize: [60, 46] }, { data: [] }] } }],
};
const whole = { all: 100, loops: 0 };
const part = (share: number) => mainPart(map, share, whole) as typeof map;
const drawn = (share: number) => {
  const [lines, , boxes] = part(share).series;
  const names = (boxes?.data ?? []).map((one) => ("name" in one ? one.name : ""));
  return [lines?.data.length, names.join("")];
};

describe("the main part of a process map", () => {
  it("is the fewest transitions that make up a share", () => {
    expect(shares(map, whole)).toEqual([0.6, 0.85, 0.9]);
    expect(shares(map, { all: 100, loops: 10 })).toEqual([0.7, 0.95, 1]);
    expect(drawn(0.5)).toEqual([1, "ab"]);
    expect(drawn(0.6)).toEqual([1, "ab"]);
    expect(drawn(0.8)).toEqual([2, "abc"]);
    expect(drawn(0.9)).toEqual([3, "abcd"]);
    expect(drawn(1)).toEqual([3, "abcd"]);
  });

  it("closes up where layers are empty, and is as high as its layers", () => {
    const few = part(0.5);
    expect([few.plotHeight, few.yAxis.max]).toEqual([200, 1.5]);
    expect(few.series[0]?.data).toMatchObject([{ coords: [[0, 0], [0, 1]] }]); // biome-ignore format: points
    expect(few.series[3]?.data).toEqual([{ link: 1, value: [0, 0.5] }]);
    const more = part(0.8);
    expect(more.series[2]?.data.map(({ value }) => (value as number[])[1])).toEqual([0, 2, 1]);
    expect([part(1).plotHeight, part(1).yAxis.max]).toEqual([400, 3.5]);
    expect(part(0.5).media[0]?.option.series).toEqual(map.media[0]?.option.series);
  });

  it("counts what leads to itself as shown", () => {
    const rows = [
      { source: "a", target: "b", transitions: 7 },
      { source: "a", target: "a", transitions: 3 },
    ];
    expect(wholeOf(rows)).toEqual({ all: 10, loops: 3 });
  });

  it("leaves other pictures as they are", () => {
    const bars = { series: [{ type: "bar", data: [1] }] };
    expect(mainPart(bars, 0.5, whole)).toBe(bars);
  });
});
