import type { Both } from "../editor/document";

interface Tally {
  card: string;
  dots: number;
  voters: number;
}

/** A voting that is over, as the map keeps it. */
export interface Voting {
  key: string;
  title?: Both;
  dots: number;
  voters: number;
  by?: string;
  on?: string;
  tally?: Tally[];
}

/** What cards got with their ranks: those with as many dots share one. */
export function ranked(tally: readonly Tally[]): (Tally & { rank: number; share: number })[] {
  const most = Math.max(1, ...tally.map((one) => one.dots));
  return tally.map((one) => ({
    ...one,
    rank: 1 + tally.filter((other) => other.dots > one.dots).length,
    share: one.dots / most,
  }));
}

/** The dots on each card in the voting that was ended last. */
export function lastDots(votings: readonly Voting[] | undefined): ReadonlyMap<string, number> {
  return new Map(votings?.at(-1)?.tally?.map((one) => [one.card, one.dots]));
}
