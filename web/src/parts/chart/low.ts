import type { ChartOption } from "@/api/types";
import { listOf, seriesOf } from "./cells";

/** Pictures in less height than they would take. */

interface Plot {
  height?: unknown;
  top?: unknown;
  bottom?: unknown;
}

interface Axis {
  type?: string;
  name?: string;
  data?: unknown[];
  axisLabel?: object;
}

interface Media {
  option: ChartOption;
}

interface Series {
  type?: string;
  xAxisIndex?: number;
}

/** What a plot needs: the room above it for its name, its own, and that below it for the labels of its axis. */
interface Need {
  above: number;
  plot: number;
  below: number;
  /** Whether more room is of no use to it. */
  fixed: boolean;
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

const LEGEND = 26;
const NAMED = 34;
const BARE = 12;
const LEAST = 52;
const ROW = 16;
const TIMES = 28;
const NUMBERED = 54;

/** A process map whose layers are higher than the room: low boxes with their names alone, and no numbers on the ways. */
export function lowered(option: ChartOption, height: number): ChartOption {
  const [ways, heads, boxes, ...numbers] = seriesOf(option) as Box[];
  if (ways?.type !== "lines" || !boxes || !heads || height > 0.9 * Number(option.plotHeight)) return option;
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

/**
 * A picture of several plots, one below the other, in the height that there is: as many of them as can be read, the
 * first ones first. A picture of one plot is as it was.
 */
export function inHeight(option: ChartOption, height: number): ChartOption {
  const plots = listOf<Plot>(option.grid);
  if (plots.length < 2 || plots.some((plot) => plot.height !== undefined)) return option;
  const [across, up, series] = [
    listOf<Axis>(option.xAxis),
    listOf<Axis>(option.yAxis),
    listOf<Series>(option.series),
  ];
  const top = option.legend ? LEGEND + Number((option.legend as Plot).top ?? 0) : 0;
  const needs = (count: number) =>
    plots.slice(0, count).map((_, place) => needOf(place, count, across, up, series));
  const taken = (of: Need[]) => of.reduce((sum, { above, plot, below }) => sum + above + plot + below, top);
  let count = plots.length;
  while (count > 1 && taken(needs(count)) > height) count--;
  const kept = needs(count);
  const rest = Math.max(height - taken(kept), 0) / Math.max(kept.filter(({ fixed }) => !fixed).length, 1);
  let from = top;
  const grid = kept.map(({ above, plot, below, fixed }, place) => {
    const { bottom: _, ...laid } = plots[place] ?? {};
    const placed = { ...laid, top: from + above, height: plot + (fixed ? 0 : rest) };
    from = placed.top + placed.height + below;
    return placed;
  });
  const { media, visualMap, ...whole } = option;
  const has = (_: unknown, place: number) => (series[place]?.xAxisIndex ?? 0) < count;
  const coloured = ((visualMap as { seriesIndex?: number } | undefined)?.seriesIndex ?? 0) as number;
  const xAxis = across
    .slice(0, count)
    .map((axis, place) =>
      place === count - 1 && axis.type === "time"
        ? { ...axis, axisLabel: { ...axis.axisLabel, show: true } }
        : axis,
    );
  return {
    ...whole,
    grid,
    xAxis,
    yAxis: up.slice(0, count),
    series: series.filter(has),
    ...(visualMap && has(null, coloured) ? { visualMap } : {}),
    ...(media
      ? { media: listOf<Media>(media).map((one) => ({ ...one, option: beside(one.option, count, has) })) }
      : {}),
  };
}

/** What a narrow page changes of the plots that are drawn, but for how high they stand. */
function beside(
  change: ChartOption,
  count: number,
  has: (_: unknown, place: number) => boolean,
): ChartOption {
  const found = { ...change };
  for (const axis of ["xAxis", "yAxis"]) if (axis in found) found[axis] = listOf(found[axis]).slice(0, count);
  if ("series" in found) found.series = listOf(found.series).filter(has);
  if ("grid" in found)
    found.grid = listOf<Plot>(found.grid)
      .slice(0, count)
      .map(({ top: _, bottom: __, ...rest }) => rest);
  return found;
}

function needOf(place: number, count: number, across: Axis[], up: Axis[], series: Series[]): Need {
  const rows = series.some(({ type, xAxisIndex = 0 }) => type === "heatmap" && xAxisIndex === place);
  const axis = across[place];
  const above = up[place]?.name ? NAMED : BARE;
  if (rows) return { above, plot: ROW * (up[place]?.data?.length ?? 0), below: BARE, fixed: true };
  const below = axis?.name ? NUMBERED : place === count - 1 ? TIMES : 0;
  return { above, plot: LEAST, below, fixed: false };
}
