/** How numbers are written: the same in both languages, "—" for what is not known. */

const NONE = "—";

type Maybe = number | null | undefined;

/** The sign of typography, which is as wide as a plus. */
const minus = (text: string) => text.replace("-", "−");

/** A whole number with separators. */
export function whole(value: Maybe): string {
  return value === null || value === undefined ? NONE : minus(Math.round(value).toLocaleString("en-US"));
}

/** A number with so many decimals. */
export function decimal(value: Maybe, digits = 1): string {
  if (value === null || value === undefined) return NONE;
  const told = value.toLocaleString("en-US", {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return minus(/[1-9]/.test(told) ? told : told.replace("-", ""));
}

/** A share as per cent. */
export function percent(value: Maybe, digits = 1): string {
  return value === null || value === undefined ? NONE : `${decimal(value * 100, digits)}%`;
}

/** An interval: `28.3–33.6`, of shares in per cent. */
export function interval(low: Maybe, high: Maybe, of: "number" | "share" = "number", digits = 1): string {
  if (low === null || low === undefined || high === null || high === undefined) return NONE;
  const [from, to] = of === "share" ? [low * 100, high * 100] : [low, high];
  return `${decimal(from, digits)}–${decimal(to, digits)}${of === "share" ? "%" : ""}`;
}

/** A large number in few characters: 12.4k, 3.1M; in Chinese 1.2万, 3.4亿. */
export function short(value: Maybe, lang: "zh" | "en"): string {
  if (value === null || value === undefined) return NONE;
  const locale = lang === "zh" ? "zh-CN" : "en-US";
  return value.toLocaleString(locale, { notation: "compact", maximumFractionDigits: 1 });
}
