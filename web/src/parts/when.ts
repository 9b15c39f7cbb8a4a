import type { Lang } from "@/words/key";

/** A time to the minute on a zone's clock: `2026-03-01 14:05`; "—" for none. */
export function moment(time: string | null | undefined, zone: string): string {
  if (!time) return "—";
  const told = new Date(time).toLocaleString("sv-SE", {
    timeZone: zone,
    dateStyle: "short",
    timeStyle: "short",
  });
  return told.slice(0, 16);
}

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 365 * 86_400],
  ["month", 30 * 86_400],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

/** How long ago, or how far ahead, a time is from another: "3 minutes ago". */
export function ago(time: string, lang: Lang, now = Date.now()): string {
  const seconds = (Date.parse(time) - now) / 1000;
  const format = new Intl.RelativeTimeFormat(lang === "zh" ? "zh-CN" : "en", { numeric: "auto" });
  const [unit, size] = UNITS.find(([, each]) => Math.abs(seconds) >= each) ?? ["second", 1];
  return format.format(Math.trunc(seconds / size), unit);
}
