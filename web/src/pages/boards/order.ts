/** The names in another order: one of them at another place. */
export function placed(ids: string[], id: string, to: number): string[] {
  const others = ids.filter((one) => one !== id);
  if (others.length === ids.length) return ids;
  const place = Math.min(Math.max(to, 0), others.length);
  return [...others.slice(0, place), id, ...others.slice(place)];
}

const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };

/** The names as a key orders them; null where it orders nothing. */
export function stepped(ids: string[], id: string, key: string): string[] | null {
  const at = ids.indexOf(id);
  if (key === "Home") return placed(ids, id, 0);
  if (key === "End") return placed(ids, id, ids.length);
  const step = STEPS[key];
  return step === undefined ? null : placed(ids, id, at + step);
}
