import type { ChartOption } from "@/api/types";
import { listOf, seriesOf } from "./cells";

interface Axis {
  type?: string;
}

const SHOWN = 24;

/** Whether time runs along a chart. */
export function timed(option: ChartOption | null): boolean {
  return listOf<Axis>(option?.xAxis).some((axis) => axis.type === "time");
}

/** A chart with a line at each time that something was written beside. */
export function annotated(
  option: ChartOption,
  marks: { time: string; text: string }[],
  color: string,
): ChartOption {
  const place = listOf<Axis>(option?.xAxis).findIndex((axis) => axis.type === "time");
  if (place < 0 || !marks.length) return option;
  const data = marks.map(({ time, text }) => ({ xAxis: time, name: text, label: { formatter: cut(text) } }));
  const lines = {
    type: "line",
    id: "annotations",
    data: [],
    xAxisIndex: place,
    yAxisIndex: place,
    markLine: {
      symbol: "none",
      data,
      lineStyle: { color, type: "dashed", width: 1 },
      label: { color, position: "end", rotate: 0, distance: 3, fontSize: 11 },
      tooltip: { formatter: "{b}" },
    },
  };
  return { ...option, series: [...seriesOf(option), lines] };
}

function cut(text: string): string {
  return text.length <= SHOWN ? text : `${text.slice(0, SHOWN - 1)}…`;
}
