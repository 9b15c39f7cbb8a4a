import type { ChartOption } from "@/api/types";
import { seriesOf } from "./cells";
import { lowered } from "./low";

interface Flow {
  type?: string;
  data?: { depth?: number }[];
  label?: object;
}

interface Media {
  query?: unknown;
  option: ChartOption;
}

const LEFT = 16;
const BAR = 8;
const GAP = 8;
const WIDEST = 150;

/** The option for a size: labels stay where there is room for them; still for who wants it. */
export function calm(option: ChartOption, width: number, height: number): ChartOption {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches ? { animation: false } : {};
  return { ...lowered(fitted(option, width), height), ...still };
}

/** A flow's columns and their names in the room that there is. */
export function fitted(option: ChartOption, width: number): ChartOption {
  const [flow] = seriesOf(option) as Flow[];
  if (flow?.type !== "sankey") return option;
  const media = ((option.media ?? []) as Media[]).map((one) => {
    const [change] = seriesOf(one.option) as Flow[];
    return change
      ? { ...one, option: { ...one.option, series: [inRoom(change, change.data ?? flow.data, width)] } }
      : one;
  });
  const series = { ...inRoom(flow, flow.data, width), labelLayout: { hideOverlap: true } };
  return { ...option, series: [series], ...(media.length ? { media } : {}) };
}

function inRoom(flow: Flow, nodes: Flow["data"], width: number): Flow & { right: number } {
  const columns = 1 + Math.max(0, ...(nodes ?? []).map((node) => node.depth ?? 0));
  const column = Math.min(Math.floor((width - LEFT) / columns), WIDEST);
  return { ...flow, right: column, label: { ...flow.label, width: column - BAR - GAP } };
}
