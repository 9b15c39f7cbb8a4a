import type { Entry } from "./useRegisters";

export interface Order {
  by: string;
  down: boolean;
}

/** Entries by a number, or by a text; what is not known comes last, whichever way. */
export function sorted(entries: Entry[], order: Order | null, lang: string): Entry[] {
  if (!order) return entries;
  const { by, down } = order;
  const value = (one: Entry): number | string | null => {
    if (by === "text") return one.at.text;
    if (by === "owner") return one.owner;
    if (by === "due") return one.due;
    return one.numbers.find((number) => number.name === by)?.value ?? null;
  };
  return [...entries].sort((a, b) => {
    const [left, right] = [value(a), value(b)];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    const way =
      typeof left === "number" && typeof right === "number"
        ? left - right
        : String(left).localeCompare(String(right), lang);
    return down ? -way : way;
  });
}
