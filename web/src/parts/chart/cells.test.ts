import { describe, expect, it } from "vitest";
import { alike, marksOf, plain } from "./cells";

const bars = (values: number[]) => ({
  title: { text: "t", subtext: "a\nb" },
  yAxis: { type: "category", data: values.map(String) },
  series: [{ type: "bar", data: values.map((value) => ({ value, cell: { step: value } })) }],
});

describe("marks of a chart", () => {
  it("are the items that stand for customers", () => {
    const option = {
      series: [
        { type: "line", name: "all", data: [1, { value: 2 }, { value: 3, cell: { period: "a" } }] },
        {
          type: "sankey",
          data: [{ name: "x", cell: { place: "x" } }, { name: "y" }],
          links: [
            {
              source: "x",
              target: "y",
              cell: { from: "x", to: "y" },
              tooltip: { formatter: "<b>x &amp; y</b><br>3" },
            },
          ],
        },
      ],
    };
    expect(marksOf(option)).toEqual([
      { seriesIndex: 0, dataIndex: 2, dataType: undefined, cell: { period: "a" }, said: "all" },
      { seriesIndex: 1, dataIndex: 0, dataType: "node", cell: { place: "x" }, said: "x" },
      { seriesIndex: 1, dataIndex: 0, dataType: "edge", cell: { from: "x", to: "y" }, said: "x & y\n3" },
    ]);
  });

  it("say what markup says, as text", () => {
    expect(plain("<b>A &lt; B</b><br>1,234")).toBe("A < B\n1,234");
  });
});

describe("drawing again", () => {
  it("flows where only numbers differ", () => {
    expect(alike(bars([1, 2]), bars([3, 4, 5]))).toBe(true);
    expect(alike(null, bars([1]))).toBe(false);
    expect(alike(bars([1]), { ...bars([1]), legend: {} })).toBe(false);
    expect(alike(bars([1]), { ...bars([1]), series: [{ type: "line", data: [] }] })).toBe(false);
  });
});
