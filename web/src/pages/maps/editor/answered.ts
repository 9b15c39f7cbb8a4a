import type { MapAnswers, MapCell } from "../useMaps";

/** What the data say in a cell. */
export interface Figure {
  shown: string;
  n: number;
  worse: boolean;
  interval: string;
  /** What it should be and how far it is; empty without a target. */
  target: string;
  /** Why it is not to be relied on any more. */
  stale: string | null;
}

const NOTHING: Figure = { shown: "", n: 0, worse: false, interval: "", target: "", stale: null };

export const figureOf = ({ shown, n, worse, interval, target = "", stale = null }: MapCell): Figure => ({
  shown,
  n,
  worse,
  interval,
  target,
  stale,
});

/** What the data say, by lane and step. */
export function byLane(answers: MapAnswers | undefined): Map<string, Map<string, Figure>> {
  const found = new Map<string, Map<string, Figure>>();
  const put = (lane: string, step: string, figure: Figure) => {
    const there = found.get(lane) ?? new Map<string, Figure>();
    found.set(lane, there.set(step, figure));
  };
  for (const cell of answers?.cells ?? [])
    if (cell.lane && cell.step) put(cell.lane, cell.step, figureOf(cell));
  for (const [step, n] of Object.entries(answers?.volume ?? {}))
    put("volume", step, { ...NOTHING, shown: n.toLocaleString("en-US"), n });
  return found;
}
