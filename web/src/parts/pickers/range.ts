/** Stretches of time in whole days of a workspace's clock. */

export interface Range {
  /** ISO-8601; none for no limit. */
  since: string | null;
  /** ISO-8601, not included; none for no limit. */
  until: string | null;
}

const DAY = 86_400_000;

/** Minutes that a zone's clock is ahead of UTC at a moment. */
function ahead(moment: number, zone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  }).formatToParts(moment);
  const at = (kind: string) => Number(parts.find((part) => part.type === kind)?.value);
  const shown = Date.UTC(at("year"), at("month") - 1, at("day"), at("hour"), at("minute"));
  return Math.round((shown - Math.floor(moment / 60_000) * 60_000) / 60_000);
}

/** The day (`2026-03-01`) that a zone's clock shows at a time. */
export function dayOf(time: string, zone: string): string {
  const moment = Date.parse(time);
  return new Date(moment + ahead(moment, zone) * 60_000).toISOString().slice(0, 10);
}

/** When a day begins in a zone, as ISO-8601 in UTC. */
export function startOf(day: string, zone: string): string {
  const shown = Date.parse(`${day}T00:00:00Z`);
  const first = shown - ahead(shown, zone) * 60_000;
  const start = shown - ahead(first, zone) * 60_000;
  return new Date(start).toISOString().replace(".000Z", "Z");
}

/** So many days after a day. */
export function later(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

/** The last so many days up to a day, that day included. */
export function lastDays(last: string, days: number, zone: string): Range {
  return { since: startOf(later(last, 1 - days), zone), until: startOf(later(last, 1), zone) };
}

/** A range from its first to its last day, both included. */
export function between(first: string | null, last: string | null, zone: string): Range {
  return { since: first && startOf(first, zone), until: last && startOf(later(last, 1), zone) };
}

/** The first and the last day of a range. */
export function days(range: Range, zone: string): [string | null, string | null] {
  const last = range.until && dayOf(new Date(Date.parse(range.until) - 1).toISOString(), zone);
  return [range.since && dayOf(range.since, zone), last];
}
