/** A text in pieces: which of its words speak for what. Places are counted in characters, as people count them. */

export interface Stretch {
  start: number;
  end: number;
  weight: number;
}

export interface Mention {
  start: number;
  end: number;
  what: string;
  value: { name: string };
}

export interface Piece {
  start: number;
  text: string;
  /** How much it speaks for positive (above zero) or for negative, from −1 to 1. */
  weight: number;
  /** What it shows beside that. */
  shows: string[];
  /** It is what the address points at. */
  pointed: boolean;
}

/** Words that move a reading by less than this share of the strongest one are not marked. */
const LEAST = 0.25;

/** The pieces of a text, cut wherever something begins or ends. */
export function piecesOf(
  text: string,
  words: Stretch[],
  mentions: Mention[] = [],
  at: [number, number] | null = null,
): Piece[] {
  const letters = Array.from(text);
  const most = Math.max(...words.map(({ weight }) => Math.abs(weight)), 0);
  const strong = words.filter(({ weight }) => most > 0 && Math.abs(weight) >= LEAST * most);
  const cuts = new Set([0, letters.length]);
  for (const { start, end } of [...strong, ...mentions]) cuts.add(start).add(end);
  for (const place of at ?? []) cuts.add(place);
  const places = [...cuts].filter((one) => one >= 0 && one <= letters.length).sort((a, b) => a - b);
  return places.slice(0, -1).map((start, number) => {
    const end = places[number + 1] ?? letters.length;
    const within = (one: { start: number; end: number }) => one.start <= start && end <= one.end;
    return {
      start,
      text: letters.slice(start, end).join(""),
      weight: (strong.find(within)?.weight ?? 0) / (most || 1),
      shows: mentions.filter(within).map(({ value }) => value.name),
      pointed: at !== null && at[0] <= start && end <= at[1],
    };
  });
}

/** From `10-25` in an address; nothing from anything else. */
export function spanOf(at: string | null): [number, number] | null {
  const found = /^(\d+)-(\d+)$/.exec(at ?? "");
  return found && Number(found[1]) < Number(found[2]) ? [Number(found[1]), Number(found[2])] : null;
}
