/** Rows read again with other columns for some fields. */

/** The fields of the record that a column can feed. */
export const FIELDS = [
  "user_id",
  "anonymous_id",
  "event",
  "time",
  "channel",
  "source",
  "value",
  "currency",
  "score",
  "scale",
  "text",
  "language",
  "sequence",
  "weight",
  "message_id",
];

function keysOf(raw: string | null): string[] {
  try {
    const row: unknown = JSON.parse(raw ?? "");
    return row && typeof row === "object" && !Array.isArray(row) ? Object.keys(row) : [];
  } catch {
    return [];
  }
}

/** The columns of rows, as they came. */
export function columnsOf(rows: { raw: string | null }[]): string[] {
  return [...new Set(rows.flatMap((row) => keysOf(row.raw)))].sort();
}

/**
 * The mapping that feeds some fields from chosen columns, and all others from the columns of their own names.
 * Without any choice it is empty: read as they came.
 */
export function mappingOf(
  pairs: [string | null, string | null][],
  columns: string[],
): Record<string, unknown> {
  const chosen = pairs.filter((pair): pair is [string, string] => pair[0] !== null && pair[1] !== null);
  if (!chosen.length) return {};
  const own = FIELDS.filter((field) => columns.includes(field)).map((field) => [field, field]);
  return { fields: Object.fromEntries([...own, ...chosen]) };
}
