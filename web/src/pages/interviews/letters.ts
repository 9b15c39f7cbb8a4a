/** A text by its characters as people count them: places are code points, as the service counts. */

export type Letters = (start: number, end: number) => string;

const PAIRED = /[\ud800-\udfff]/;

/** Cuts pieces out of a text. */
export function lettersOf(text: string): Letters {
  if (!PAIRED.test(text)) return (start, end) => text.slice(start, end);
  const all = Array.from(text);
  return (start, end) => all.slice(start, end).join("");
}

/** How many characters a text has. */
export function lengthOf(text: string): number {
  return PAIRED.test(text) ? Array.from(text).length : text.length;
}

/** A stretch of a text without the blanks at its ends; nothing where there is nothing else. */
export function trimmed(letters: Letters, start: number, end: number): [number, number] | null {
  const text = letters(start, end);
  const from = start + lengthOf(text) - lengthOf(text.trimStart());
  const to = end - (lengthOf(text) - lengthOf(text.trimEnd()));
  return from < to ? [from, to] : null;
}
