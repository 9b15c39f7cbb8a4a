/** Seconds as a clock shows them: minutes and seconds, and never less than none. */
export function clock(seconds: number): string {
  const left = Math.max(0, Math.ceil(seconds));
  return `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
}

/** What is heard of a timer as it goes on: that a minute is left, and that it is over. */
export function heardOf(before: number, now: number): "minute" | "over" | null {
  if (before > 0 && now <= 0) return "over";
  return before > 60 && now <= 60 ? "minute" : null;
}
