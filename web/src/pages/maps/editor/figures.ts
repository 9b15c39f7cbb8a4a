/** Ulwick's opportunity of a need: importance + max(importance − satisfaction, 0). */
export function odi(importance?: number, satisfaction?: number): number | null {
  if (importance === undefined || satisfaction === undefined) return null;
  return importance + Math.max(importance - satisfaction, 0);
}

/** Reach · impact · confidence / effort. */
export function rice(reach?: number, impact?: number, confidence?: number, effort?: number): number | null {
  if (reach === undefined || impact === undefined || confidence === undefined || !effort) return null;
  return (reach * impact * confidence) / effort;
}

/** A number as registers show it: whole from a thousand on, else with one decimal where it has any. */
export function figure(value: number): string {
  return value.toLocaleString("en-US", { maximumFractionDigits: Math.abs(value) >= 1000 ? 0 : 1 });
}
