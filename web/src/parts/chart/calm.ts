import type { ChartOption } from "@/api/types";
import { seriesOf } from "./cells";

interface Flow {
  type?: string;
  data?: { depth?: number }[];
  label?: object;
}

interface Item {
  symbolOffset?: number[];
  label?: object;
}

interface Box {
  type?: string;
  symbolSize?: unknown;
  label?: object;
  data?: Item[];
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

/** A process map whose layers are higher than the room: low boxes with their names alone, and no numbers on the ways. */
export function lowered(option: ChartOption, height: number): ChartOption {
  const [ways, heads, boxes, ...numbers] = seriesOf(option) as Box[];
  if (ways?.type !== "lines" || !boxes || !heads || height > 0.9 * Number(option.height)) return option;
  const layers = Number((option.yAxis as { max?: number }).max) + 0.5;
  const low = Math.round(Math.max(14, Math.min(40, (0.55 * (height - 32)) / layers)));
  const plain = (box: Item): Item => ({ ...box, label: { formatter: "{b}" } });
  const near = (head: Item): Item => ({
    ...head,
    symbolOffset: [
      0,
      ((low / 2 + 3) * (head.symbolOffset?.[1] ?? 0)) / Math.abs(head.symbolOffset?.[1] || 1),
    ],
  });
  const across = (symbolSize: unknown) => [Number((symbolSize as number[])[0]), low];
  const change = (box: Box): Box => ({
    ...box,
    ...(box.symbolSize ? { symbolSize: across(box.symbolSize) } : {}),
    label: { ...box.label, fontSize: 10 },
    ...(box.data ? { data: box.data.map(plain) } : {}),
  });
  const media = ((option.media ?? []) as Media[]).map((one) => {
    const [first, second, box] = seriesOf(one.option) as Box[];
    return box ? { ...one, option: { ...one.option, series: [first, second, change(box)] } } : one;
  });
  return {
    ...option,
    media,
    series: [
      ways,
      { ...heads, symbolSize: [6, 5], data: heads.data?.map(near) },
      change(boxes),
      ...numbers.map((one) => ({ ...one, data: [] })),
    ],
  };
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
