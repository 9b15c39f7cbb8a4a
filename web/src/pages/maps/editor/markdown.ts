/** The little Markdown that cards are written in: bold, italic, links, lists. Nothing else has a meaning. */

export interface Piece {
  text: string;
  bold?: boolean;
  italic?: boolean;
  /** Where it leads; only addresses of the web. */
  href?: string;
}

export interface Paragraph {
  /** Whether it is an item of a list; a number where that is counted. */
  item: "" | "•" | string;
  pieces: Piece[];
}

const MARKED =
  /\*\*(?<bold>[^*\n]+)\*\*|(?<![*\w])\*(?<italic>[^*\s][^*\n]*)\*|\[(?<label>[^\]\n]+)\]\((?<href>https?:\/\/[^\s)]+)\)/g;

/** A line's pieces. */
export function pieces(line: string): Piece[] {
  const found: Piece[] = [];
  let at = 0;
  for (const match of line.matchAll(MARKED)) {
    if (match.index > at) found.push({ text: line.slice(at, match.index) });
    const { bold, italic, label, href } = match.groups ?? {};
    if (bold !== undefined) found.push({ text: bold, bold: true });
    else if (italic !== undefined) found.push({ text: italic, italic: true });
    else found.push({ text: label ?? "", href });
    at = match.index + match[0].length;
  }
  if (at < line.length) found.push({ text: line.slice(at) });
  return found;
}

/** A text's paragraphs. */
export function paragraphs(text: string): Paragraph[] {
  return text.split("\n").map((line) => {
    const item = /^\s*(?:[-*•]|(\d{1,3})[.)])\s+(.*)$/.exec(line);
    if (!item) return { item: "", pieces: pieces(line) };
    return { item: item[1] ? `${item[1]}.` : "•", pieces: pieces(item[2] ?? "") };
  });
}

/** A text without its marks: for names that are heard, and for tables. */
export function unmarked(text: string): string {
  return paragraphs(text)
    .map((one) => one.pieces.map((piece) => piece.text).join(""))
    .join("\n");
}

interface Typed {
  text: string;
  start: number;
  end: number;
}

/** A text with what is selected in it marked, or unmarked where it was, and what is selected then. */
export function toggled({ text, start, end }: Typed, mark: "**" | "*"): Typed {
  const size = mark.length;
  const before = text.slice(0, start);
  const chosen = text.slice(start, end);
  const after = text.slice(end);
  if (before.endsWith(mark) && after.startsWith(mark)) {
    return {
      text: before.slice(0, -size) + chosen + after.slice(size),
      start: start - size,
      end: end - size,
    };
  }
  return { text: before + mark + chosen + mark + after, start: start + size, end: end + size };
}

/** A text whose selected lines are items of a list, or are none any more where all of them were. */
export function listed({ text, start, end }: Typed): Typed {
  const from = text.lastIndexOf("\n", start - 1) + 1;
  const next = text.indexOf("\n", end);
  const to = next < 0 ? text.length : next;
  const lines = text.slice(from, to).split("\n");
  const all = lines.every((line) => line.startsWith("- "));
  const made = lines
    .map((line) => (all ? line.slice(2) : line.startsWith("- ") ? line : `- ${line}`))
    .join("\n");
  return { text: text.slice(0, from) + made + text.slice(to), start: from, end: from + made.length };
}
