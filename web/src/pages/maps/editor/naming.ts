import type { Lock } from "../together/useTogether";
import { unmarked } from "./markdown";
import { cardsAt, HEADS, type Place, STAGES, STEPS, type Table } from "./places";

/** Who else types in which card. */
export const othersLocks = (locks: Lock[] = []): Record<string, string> =>
  Object.fromEntries(locks.filter((lock) => !lock.yours).map((lock) => [lock.card, lock.name]));

/** Where one is, as others are told. */
export function placeName(table: Table, { row, col, card }: Place): string {
  if (card !== null) return `cards/${card}`;
  const column = table.columns[col];
  if (row === STAGES) return `stages/${column?.stage.key ?? ""}`;
  if (row === STEPS) return `steps/${column?.step?.key ?? ""}`;
  const lane = table.lanes[row]?.key ?? "";
  return col === HEADS ? `lanes/${lane}` : `cells/${lane}/${column?.step?.key ?? ""}`;
}

export function headName(table: Table, { row, col }: Place, lang: "zh" | "en"): string | undefined {
  const column = table.columns[col];
  if (row === STAGES) return column?.stage.name[lang];
  if (row === STEPS) return column?.step?.name[lang];
  return col === HEADS ? table.lanes[row]?.label[lang] : undefined;
}

interface Told {
  empty: string;
  cards: (n: number) => string;
  /** What the data say there. */
  counted?: string;
}

/** Where one is, and what is there, for who hears it. */
export function placeLabel(
  table: Table,
  at: Place,
  lang: "zh" | "en",
  { empty, cards, counted }: Told,
): string {
  const head = headName(table, at, lang);
  if (head !== undefined) return head;
  const column = table.columns[at.col];
  const lane = table.lanes[at.row]?.label[lang];
  const there = cardsAt(table, at.row, at.col);
  const card = there.find((one) => one.key === at.card);
  const stands = card
    ? unmarked(card.text?.[lang] ?? card.alt?.[lang] ?? "")
    : there.length
      ? cards(there.length)
      : counted
        ? ""
        : empty;
  const told = [column?.step?.name[lang] ?? column?.stage.name[lang], counted, stands];
  return [lane, ...told].filter(Boolean).join(" · ");
}
