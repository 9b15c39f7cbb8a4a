import type { Letters } from "./letters";
import type { Interview, Turn } from "./types";

/** A stretch of the text that stands for itself: a turn, a paragraph. */
export interface Block {
  start: number;
  end: number;
  speaker: string | null;
  time: number | null;
  /** The page that begins with it. */
  page: number | null;
}

export interface Marked {
  id: string;
  start: number | null;
  end: number | null;
}

export interface Piece {
  start: number;
  end: number;
  /** Which highlights it belongs to, the outermost first. */
  ids: string[];
}

type Posts = [number, number][];

/** What holds at a place: the value of the last post at it or before it. */
export function holding(posts: Posts, place: number): number | null {
  let [low, high] = [0, posts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((posts[middle]?.[0] ?? 0) <= place) low = middle + 1;
    else high = middle;
  }
  return posts[low - 1]?.[1] ?? null;
}

/** A text in blocks: its turns, with what stands before the first; its paragraphs where nobody is named. */
export function blocksOf(text: Interview, letters: Letters, length: number): Block[] {
  const pages = (text.pages ?? []) as Posts;
  const times = (text.times ?? []) as Posts;
  const first = text.turns[0];
  const before = paragraphs(letters, 0, first ? lineStart(letters, first) : length, times);
  const turns = text.turns.map(({ start, end, speaker, time }) => ({ start, end, speaker, time }));
  let last: number | null = null;
  return [...before, ...turns].map((block) => {
    const page = holding(pages, block.start);
    const begins = page !== last ? page : null;
    last = page;
    return { ...block, page: begins };
  });
}

/** Where the line begins that a turn stands in: its name is before it. */
function lineStart(letters: Letters, turn: Turn): number {
  const before = letters(0, turn.start);
  return Array.from(before.slice(0, before.lastIndexOf("\n") + 1)).length;
}

function paragraphs(letters: Letters, start: number, end: number, times: Posts): Omit<Block, "page">[] {
  const found: Omit<Block, "page">[] = [];
  let at = start;
  for (const line of letters(start, end).split("\n")) {
    const length = Array.from(line).length;
    if (line.trim()) found.push({ start: at, end: at + length, speaker: null, time: holding(times, at) });
    at += length + 1;
  }
  return found;
}

/** The pieces of a block, cut wherever a highlight begins or ends. */
export function piecesOf({ start, end }: { start: number; end: number }, marks: Marked[]): Piece[] {
  const within = marks.flatMap(({ id, start: from, end: to }) =>
    from !== null && to !== null && from < end && to > start ? [{ id, from, to }] : [],
  );
  const cuts = new Set([start, end]);
  for (const { from, to } of within) cuts.add(Math.max(from, start)).add(Math.min(to, end));
  const places = [...cuts].sort((a, b) => a - b);
  return places.slice(0, -1).map((place, number) => {
    const until = places[number + 1] ?? end;
    const over = within.filter(({ from, to }) => from <= place && until <= to);
    over.sort((a, b) => b.to - b.from - (a.to - a.from));
    return { start: place, end: until, ids: over.map(({ id }) => id) };
  });
}
