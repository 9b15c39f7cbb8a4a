import { describe, expect, it } from "vitest";
import { mainPart, shares, wholeOf } from "./main";

const map = {
  series: [
    {
      type: "graph",
      data: [{ id: "a" }, { id: "b" }, { id: "c" }, { id: "d" }],
      links: [
        { source: "a", target: "b", value: 60 },
        { source: "b", target: "c", value: 25 },
        { source: "c", target: "d", value: 5 },
      ],
    },
  ],
};
const whole = { all: 100, loops: 0 };
const drawn = (share: number) => {
  const [series] = mainPart(map, share, whole).series as typeof map.series;
  return [series?.links.length, series?.data.map((node) => node.id).join("")];
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
