import type { Spec } from "@/api/types";
import { days } from "@/parts/pickers/range";

/** What a map says itself: which time it is about, by what it breaks down, through which model it is read. */
const THE_MAPS = ["since", "until", "by", "period", "zone", "model"];

/** What of it is the time. */
export const OF_TIME = ["since", "until"];

/** The days that a question is about, as it was asked; empty where that is all time. */
export function spanOf(spec: Spec, zone: string): string {
  const { since, until } = spec as Partial<Record<string, string | null>>;
  const [first, last] = days({ since: since ?? null, until: until ?? null }, zone);
  return first === last ? (first ?? "") : `${first ?? "…"} – ${last ?? "…"}`;
}

/** A question as a map asks it: without what the map says itself; and what was left out of it. */
export function forMap(spec: Spec): { asked: Spec; left: string[] } {
  const given = Object.entries(spec).filter(([, value]) => value !== undefined && value !== null);
  return {
    asked: Object.fromEntries(given.filter(([name]) => !THE_MAPS.includes(name))) as Spec,
    left: given.map(([name]) => name).filter((name) => THE_MAPS.includes(name)),
  };
}
