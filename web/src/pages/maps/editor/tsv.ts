/** Tables as spreadsheets put them on the clipboard: tabs between cells, lines between rows, quotes where needed. */

/** The rows of a table. A cell in quotes may hold tabs, lines and doubled quotes; a last line break is no row. */
export function parsed(text: string): string[][] {
  const rows: string[][] = [[]];
  let at = 0;
  const put = (cell: string) => rows[rows.length - 1]?.push(cell);
  while (at <= text.length) {
    if (text[at] === '"') {
      const quoted = within(text, at + 1);
      if (quoted) {
        put(quoted.cell);
        at = quoted.end;
      } else at = plain(text, at, put);
    } else at = plain(text, at, put);
    const stop = text[at];
    if (stop === undefined) break;
    at += stop === "\r" && text[at + 1] === "\n" ? 2 : 1;
    if (stop !== "\t") {
      if (at >= text.length) break;
      rows.push([]);
    }
  }
  return rows;
}

function plain(text: string, from: number, put: (cell: string) => void): number {
  let end = from;
  while (end < text.length && !"\t\r\n".includes(text[end] ?? "")) end++;
  put(text.slice(from, end));
  return end;
}

/** A quoted cell and where it ends; none where the quote is only a character of a plain text. */
function within(text: string, from: number): { cell: string; end: number } | null {
  let cell = "";
  for (let at = from; at < text.length; at++) {
    if (text[at] !== '"') cell += text[at] === "\r" && text[at + 1] === "\n" ? "" : text[at];
    else if (text[at + 1] === '"') {
      cell += '"';
      at++;
    } else {
      const next = text[at + 1];
      return next === undefined || "\t\r\n".includes(next) ? { cell, end: at + 1 } : null;
    }
  }
  return null;
}

/** A table as text. */
export function written(rows: string[][]): string {
  return rows.map((row) => row.map(quoted).join("\t")).join("\n");
}

const quoted = (cell: string) => (/["\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
