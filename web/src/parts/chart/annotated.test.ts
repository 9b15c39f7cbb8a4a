import { describe, expect, it } from "vitest";
import { annotated, timed } from "./annotated";

const lines = { xAxis: [{ type: "category" }, { type: "time" }], series: [{ type: "line", data: [] }] };

describe("annotations", () => {
  it("stand where time runs", () => {
    expect(timed(lines)).toBe(true);
    expect(timed({ xAxis: { type: "time" } })).toBe(true);
    expect(timed({ xAxis: { type: "value" } })).toBe(false);
    expect(timed(null)).toBe(false);
  });

  it("are lines of a series of their own", () => {
    const marks = [{ time: "2026-03-01T00:00:00Z", text: "a".repeat(30) }];
    const [first, mine] = annotated(lines, marks, "#123456").series as Record<string, unknown>[];
    if (!mine) throw new Error("no series of annotations");
    expect(first).toEqual(lines.series[0]);
    expect(mine).toMatchObject({ id: "annotations", xAxisIndex: 1 });
    const { data } = mine.markLine as { data: { label: { formatter: string } }[] };
    expect(data[0]).toMatchObject({ xAxis: "2026-03-01T00:00:00Z", name: "a".repeat(30) });
    expect(data[0]?.label.formatter).toBe(`${"a".repeat(23)}…`);
  });

  it("are nowhere else", () => {
    const bars = { xAxis: { type: "value" }, series: [] };
    expect(annotated(bars, [{ time: "2026-03-01T00:00:00Z", text: "a" }], "#000")).toBe(bars);
    expect(annotated(lines, [], "#000")).toBe(lines);
  });
});
