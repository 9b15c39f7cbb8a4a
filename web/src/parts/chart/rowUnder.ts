import type { EChartsType } from "echarts/core";
import type { ChartOption } from "@/api/types";
import type { Mark } from "./cells";
import { seriesOf } from "./cells";

/** The bar in whose row (or column) a point lies, of a chart with one series of bars. */
export function rowUnder(
  chart: EChartsType,
  marks: Mark[],
  option: ChartOption,
  point: [number, number],
): Mark | null {
  const bars = seriesOf(option);
  if (bars.length !== 1 || bars[0]?.type !== "bar" || !chart.containPixel({ gridIndex: 0 }, point))
    return null;
  const [x, y] = chart.convertFromPixel({ seriesIndex: 0 }, point) as [number, number];
  const axis = option.yAxis as { type?: string } | { type?: string }[] | undefined;
  const across = (Array.isArray(axis) ? axis[0] : axis)?.type === "category";
  const row = Math.round(across ? y : x);
  return marks.find((mark) => mark.dataIndex === row) ?? null;
}
