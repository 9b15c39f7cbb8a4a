import type { ChartOption } from "@/api/types";
import { seriesOf } from "./cells";

interface Node {
  name?: string;
  depth?: number;
}

const GAP = 18;
const LEAST = 40;

/** The option for a width: labels of a flow stay within their column, and no label lies on another. */
export function calm(option: ChartOption, width: number): ChartOption {
  const series = seriesOf(option).map((one) => {
    if (one.type !== "sankey") return one;
    const levels = 1 + Math.max(0, ...((one.data ?? []) as Node[]).map((node) => node.depth ?? 0));
    const label = (one as { label?: object }).label;
    const room = Math.max(LEAST, Math.floor(width / (levels + 0.6)) - GAP);
    return {
      ...one,
      labelLayout: { hideOverlap: true },
      label: { ...label, width: room, overflow: "truncate" },
    };
  });
  return { ...option, series };
}
