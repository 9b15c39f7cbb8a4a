import type { Cell, ChartOption } from "@/api/types";

/** One bar, band or node that stands for customers, and where ECharts has it. */
export interface Mark {
  seriesIndex: number;
  dataIndex: number;
  dataType: "node" | "edge" | undefined;
  cell: Cell;
  said: string;
}

interface Item {
  cell?: Cell;
  name?: string;
  tooltip?: { formatter?: string };
}

interface Series {
  type?: string;
  name?: string;
  data?: unknown[];
  links?: unknown[];
}

/** What a mark says when it is pointed at, as plain text. */
export function plain(html: string): string {
  const text = html.replace(/<br\s*\/?>/g, "\n").replace(/<[^>]+>/g, "");
  const entities: Record<string, string> = {
    "&amp;": "&",
    "&lt;": "<",
    "&gt;": ">",
    "&quot;": '"',
    "&#x27;": "'",
    "&#39;": "'",
  };
  return text.replace(/&(amp|lt|gt|quot|#x27|#39);/g, (entity) => entities[entity] ?? entity);
}

export function seriesOf(option: ChartOption): Series[] {
  const found = option.series;
  return (Array.isArray(found) ? found : found ? [found] : []) as Series[];
}

function marksIn(
  items: unknown[] | undefined,
  seriesIndex: number,
  name: string,
  dataType: Mark["dataType"],
): Mark[] {
  return (items ?? []).flatMap((value, dataIndex) => {
    const item = value as Item | null;
    if (!item || typeof item !== "object" || !item.cell) return [];
    const said = item.tooltip?.formatter ? plain(item.tooltip.formatter) : (item.name ?? name);
    return [{ seriesIndex, dataIndex, dataType, cell: item.cell, said }];
  });
}

/** Every mark of a chart that opens customers, in the order in which keys move through them. */
export function marksOf(option: ChartOption): Mark[] {
  return seriesOf(option).flatMap((series, index) => {
    const woven = series.type === "graph" || series.type === "sankey";
    const name = series.name ?? "";
    return [
      ...marksIn(series.data, index, name, woven ? "node" : undefined),
      ...marksIn(series.links, index, name, woven ? "edge" : undefined),
    ];
  });
}

/** Pixels that the rows of a chart need, its title not counted. */
export function heightOf(option: ChartOption, usual = 420): number {
  if (typeof option.height === "number") return option.height + 32;
  const axes = option.yAxis as
    | { type?: string; data?: unknown[] }
    | { type?: string; data?: unknown[] }[]
    | undefined;
  const axis = Array.isArray(axes) ? axes[0] : axes;
  const rows = axis?.type === "category" ? (axis.data?.length ?? 0) : 0;
  if (!rows) return usual;
  const wanted = 72 + rows * Math.max(40, 16 * seriesOf(option).length);
  return Math.max(180, Math.min(wanted, 1200));
}

/** Whether two options differ in numbers alone, so that one can flow into the other. */
export function alike(before: ChartOption | null, after: ChartOption): boolean {
  return before !== null && shape(before) === shape(after);
}

function shape(option: ChartOption): string {
  const kinds = seriesOf(option).map((one) => `${one.type}:${Object.keys(one).sort().join(",")}`);
  const axes = [option.xAxis, option.yAxis, option.grid].map((one) =>
    Array.isArray(one) ? one.length : typeof one,
  );
  return [Object.keys(option).sort().join(","), ...axes, ...kinds].join("|");
}
