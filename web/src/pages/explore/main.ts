import type { ChartOption, Json } from "@/api/types";
import { seriesOf } from "@/parts/chart/cells";

interface Link {
  source: string;
  target: string;
  value: number;
}

interface Node {
  id: string;
}

/** What a process map draws of all transitions: with its first so many links, the most frequent first. */
export interface Whole {
  /** All transitions. */
  all: number;
  /** Those that lead to where they come from, which are told under a place's name and always shown. */
  loops: number;
}

const DRAWN = 30;

/** The transitions of an answer. */
export function wholeOf(table: Record<string, Json>[]): Whole {
  const sum = (rows: Record<string, Json>[]) =>
    rows.reduce((all, row) => all + Number(row.transitions ?? 0), 0);
  return { all: sum(table), loops: sum(table.slice(0, DRAWN).filter((row) => row.source === row.target)) };
}

/** Which share of all transitions is shown with so many links. */
export function shares(option: ChartOption, { all, loops }: Whole): number[] {
  let sum = loops;
  return linksOf(option).map((link) => {
    sum += link.value;
    return all ? sum / all : 0;
  });
}

/** The process map with the fewest links that make up a share of all transitions, and the places that these touch. */
export function mainPart(option: ChartOption, share: number, whole: Whole): ChartOption {
  const [series, ...others] = seriesOf(option);
  const links = linksOf(option);
  if (!series || !links.length) return option;
  const reached = shares(option, whole).findIndex((sum) => sum >= share - 1e-9);
  const kept = reached < 0 ? links : links.slice(0, reached + 1);
  const touched = new Set(kept.flatMap((link) => [link.source, link.target]));
  const data = ((series.data ?? []) as Node[]).filter((node) => touched.has(node.id));
  const calm = { labelLayout: { hideOverlap: true }, edgeLabel: { rotate: 0 } };
  return { ...option, series: [{ ...series, ...calm, data, links: kept }, ...others] };
}

function linksOf(option: ChartOption): Link[] {
  return ((seriesOf(option)[0]?.links ?? []) as Link[]).filter((link) => typeof link.value === "number");
}
