import type { ChartOption } from "@/api/types";
import { listOf, seriesOf } from "./cells";

/** Pixels of pictures that hold more than rows. */
const HEIGHTS: Record<string, number> = {
  retention: 600,
  flow: 560,
  sessions: 560,
  timing: 560,
  time_to_convert: 480,
  channels: 560,
  trend: 540,
};

const USUAL = 420;
/** Room around a picture that says how high it is. */
const FRAME = 32;
const HEAD = 72;
const LEAST = 180;
const LOWEST = 150;
const MOST = 1200;
const ROW = 40;
/** A square of a few that are drawn across the whole width. */
const FEW_ROW = 80;
/** On a phone a bar has its name above it and its numbers below. */
const TALL_ROW = 60;
/** The same where there is little room. */
const TIGHT_ROW = 20;
const TIGHT_TALL_ROW = 48;
/** Pictures in fewer pixels are drawn as on a phone (`analyses/charts/narrow.py`). */
const NARROW = 640;

/** Pixels that an answer's picture needs, its title not counted. */
export function heightFor(kind: string, option: ChartOption, phone = false): number {
  if (typeof option.plotHeight === "number") return option.plotHeight + FRAME;
  const rows = rowsOf(option);
  const bars = seriesOf(option)[0]?.type === "bar";
  const own =
    kind === "channels" ? Math.min(HEIGHTS.channels ?? USUAL, LEAST + FEW_ROW * rows) : HEIGHTS[kind];
  if (own !== undefined && !(rows && bars)) return own;
  if (!rows) return USUAL;
  const beside = seriesOf(option).filter((one) => !one.yAxisIndex).length; // of one panel
  const row = phone && bars ? TALL_ROW : ROW;
  return Math.max(LEAST, Math.min(HEAD + rows * Math.max(row, 16 * beside), MOST));
}

/** Pixels of height below which a picture in so many pixels of width would lie on itself; what is lower scrolls. */
export function leastFor(option: ChartOption, width: number): number {
  const bars = seriesOf(option)[0]?.type === "bar";
  const row = bars && width < NARROW ? TIGHT_TALL_ROW : TIGHT_ROW;
  return Math.max(LOWEST, rowsOf(option) && HEAD + rowsOf(option) * row);
}

function rowsOf(option: ChartOption): number {
  const [axis] = listOf<Axis>(option.yAxis);
  return axis?.type === "category" ? (axis.data?.length ?? 0) : 0;
}

interface Axis {
  type?: string;
  data?: unknown[];
}
