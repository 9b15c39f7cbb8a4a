/** The first rows of a CSV text, quoted values and all. */
export function firstRows(text: string, most: number): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let value = "";
  let quoted = false;
  for (let at = 0; at < text.length && rows.length < most; at++) {
    const sign = text[at];
    if (quoted) {
      if (sign !== '"') value += sign;
      else if (text[at + 1] === '"') value += text[++at];
      else quoted = false;
    } else if (sign === '"') quoted = true;
    else if (sign === ",") {
      row.push(value);
      value = "";
    } else if (sign === "\n") {
      rows.push([...row, value]);
      row = [];
      value = "";
    } else if (sign !== "\r" && sign !== "\ufeff") value += sign;
  }
  if ((value || row.length) && rows.length < most) rows.push([...row, value]);
  return rows;
}
