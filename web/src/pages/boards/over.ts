import type { Over } from "@/hooks/useBoard";
import type { Board } from "@/hooks/useBoards";
import { lastDays, type Range } from "@/parts/pickers/range";

const SPANS = [7, 30, 90, 365];

/** What lies over a board: what its address says, else what is kept with it. */
export function overOf(board: Board | undefined, asked: URLSearchParams): Over {
  const named = ["since", "until", "last"].some((name) => asked.has(name));
  const part = (name: "since" | "until" | "last") =>
    (named ? asked.get(name) || null : board?.range?.[name]) ?? null;
  return {
    range: { since: part("since"), until: part("until"), last: part("last") },
    segment: asked.get("segment") ?? board?.segment ?? "",
  };
}

/** The address's part for what lies over a board; what is kept with it needs no saying. */
export function asked(board: Board, over: Over): Record<string, string | null> {
  const kept = overOf(board, new URLSearchParams());
  const same = JSON.stringify(kept.range) === JSON.stringify(over.range);
  return {
    since: same ? null : (over.range.since ?? ""),
    until: same ? null : over.range.until,
    last: same ? null : over.range.last,
    segment: kept.segment === over.segment ? null : over.segment,
  };
}

/** A range as days of the calendar, for the picker. */
export function shownRange(range: Over["range"], lastDay: string | null, zone: string): Range {
  const days = Number(/^(\d+)d$/.exec(range.last ?? "")?.[1]);
  return days && lastDay ? lastDays(lastDay, days, zone) : { since: range.since, until: range.until };
}

/** What was picked: the last so many days stay the last ones as data comes. */
export function pickedRange(picked: Range, lastDay: string | null, zone: string): Over["range"] {
  const span = SPANS.find((days) => {
    const range = lastDay ? lastDays(lastDay, days, zone) : null;
    return range?.since === picked.since && range.until === picked.until;
  });
  return span ? { since: null, until: null, last: `${span}d` } : { ...picked, last: null };
}
