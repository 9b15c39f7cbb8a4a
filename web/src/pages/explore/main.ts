import type { ChartOption, Json } from "@/api/types";
import { seriesOf } from "@/parts/chart/cells";

/** What a process map is made of: shown once so many links are. */
interface Item {
  link?: number;
  value?: unknown;
  coords?: Point[];
}

type Point = [number, number];

interface Part {
  type?: string;
  data?: Item[];
}

interface Media {
  query?: unknown;
  option: ChartOption;
}

/** What a process map draws of all transitions: with its first so many links, the most frequent first. */
export interface Whole {
  /** All transitions. */
  all: number;
  /** Those that lead to where they come from, which are told in a place's box and always shown. */
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
  return (partsOf(option)[0]?.data ?? []).map((link) => {
    sum += Number(link.value);
    return all ? sum / all : 0;
  });
}

/** The process map with the fewest links that make up a share of all transitions, and the places that these touch. */
export function mainPart(option: ChartOption, share: number, whole: Whole): ChartOption {
  const parts = partsOf(option);
  if (parts[0]?.type !== "lines") return option;
  const reached = shares(option, whole).findIndex((sum) => sum >= share - 1e-9);
  const kept = reached < 0 ? (parts[0].data?.length ?? 0) : reached + 1;
  const shown = (item: Item) => (item.link ?? 0) <= kept;
  const boxes = (parts[2]?.data ?? []).filter(shown).map((box) => box.value as Point);
  const layers = [...new Set(boxes.map(([, layer]) => layer))].sort((a, b) => a - b);
  const drawn = (items: Part[]) =>
    items.map(({ data, ...part }) =>
      data ? { ...part, data: data.filter(shown).map((item) => closedUp(item, layers)) } : part,
    );
  const per = Number(option.plotHeight) / (Number((option.yAxis as { max?: number })?.max) + 0.5);
  return {
    ...option,
    plotHeight: per * layers.length,
    yAxis: { ...(option.yAxis as object), max: layers.length - 0.5 },
    series: drawn(parts),
    media: ((option.media ?? []) as Media[]).map((one) => ({
      ...one,
      option: { series: drawn(partsOf(one.option)) },
    })),
  };
}

function partsOf(option: ChartOption): Part[] {
  return seriesOf(option) as Part[];
}

/** An item where no layer is empty. */
function closedUp(item: Item, layers: number[]): Item {
  const moved = ([across, down]: Point): Point => [across, downIn(layers, down)];
  return item.coords
    ? { ...item, coords: item.coords.map(moved) }
    : { ...item, value: moved(item.value as Point) };
}

/** How far down a height is where only some layers are left: between two of them in proportion. */
function downIn(layers: number[], height: number): number {
  const next = layers.findIndex((layer) => layer >= height);
  const below = next < 0 ? layers.length - 1 : Math.max(next, 1);
  const [before, after] = [layers[below - 1] ?? 0, layers[below] ?? 0];
  return after > before ? below - 1 + (height - before) / (after - before) : 0;
}
