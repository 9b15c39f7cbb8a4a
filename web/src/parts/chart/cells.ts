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
  yAxisIndex?: number;
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

/** A part of an option that may be one or several. */
export const listOf = <T>(part: unknown): T[] => (Array.isArray(part) ? part : part ? [part] : []) as T[];

export function seriesOf(option: ChartOption): Series[] {
  return listOf<Series>(option.series);
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
