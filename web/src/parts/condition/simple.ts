/** Conditions that a form can show: comparisons of fields, all of which must hold. Others are written as text. */

export type Operator =
  | "="
  | "!="
  | ">"
  | ">="
  | "<"
  | "<="
  | "in"
  | "not in"
  | "contains"
  | "not contains"
  | "starts with"
  | "ends with"
  | "is null"
  | "is not null";

export type Value = string | number | boolean;

export interface Comparison {
  field: string;
  operator: Operator;
  values: Value[];
}

const NAME = /^(?:[$@]?[\p{L}_][\p{L}\p{N}_]*|"(?:[^"]|"")*")(?:\.(?:[$@]?[\p{L}\p{N}_]+|"(?:[^"]|"")*"))*/u;
const OPERATOR =
  /^(?:is not null|is null|not in|in|not contains|contains|starts with|ends with|!=|<>|<=|>=|==|=|<|>)(?![\p{L}_])/iu;
const TEXT = /^'((?:[^']|'')*)'/;
const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?/i;
const SPELLED: Record<string, Operator> = { "<>": "!=", "==": "=" };
const ALONE = new Set<Operator>(["is null", "is not null"]);
const SEVERAL = new Set<Operator>(["in", "not in"]);

/** How many values an operator takes. */
export function takes(operator: Operator): "none" | "one" | "several" {
  return ALONE.has(operator) ? "none" : SEVERAL.has(operator) ? "several" : "one";
}

class Reader {
  private rest: string;

  constructor(text: string) {
    this.rest = text.trim();
  }

  get done(): boolean {
    return this.rest === "";
  }

  /** The text that a pattern finds next, taken away; null where it finds none. */
  take(pattern: RegExp): RegExpExecArray | null {
    const found = pattern.exec(this.rest);
    if (found) this.rest = this.rest.slice(found[0].length).trimStart();
    return found;
  }

  value(): Value | null {
    const text = this.take(TEXT);
    if (text) return (text[1] ?? "").replaceAll("''", "'");
    const number = this.take(NUMBER);
    if (number) return Number(number[0]);
    const truth = this.take(/^(true|false)(?![\p{L}_])/iu);
    return truth ? truth[0].toLowerCase() === "true" : null;
  }
}

/** The comparisons that a condition is made of; null where a form cannot show it. */
export function read(text: string): Comparison[] | null {
  const reader = new Reader(text);
  const found: Comparison[] = [];
  while (!reader.done) {
    if (found.length && !reader.take(/^and(?![\p{L}_])/iu)) return null;
    const name = reader.take(NAME);
    const operator = name && reader.take(OPERATOR);
    if (!name || !operator) return null;
    const spelled = operator[0].toLowerCase();
    const one: Comparison = {
      field: unquoted(name[0]),
      operator: SPELLED[spelled] ?? (spelled as Operator),
      values: [],
    };
    const values = valuesOf(reader, one.operator);
    if (!values) return null;
    found.push({ ...one, values });
  }
  return found;
}

function valuesOf(reader: Reader, operator: Operator): Value[] | null {
  if (takes(operator) === "none") return [];
  if (takes(operator) === "one") {
    const value = reader.value();
    return value === null ? null : [value];
  }
  if (!reader.take(/^\(/)) return null;
  const values: Value[] = [];
  do {
    const value = reader.value();
    if (value === null) return null;
    values.push(value);
  } while (reader.take(/^,/));
  return reader.take(/^\)/) ? values : null;
}

/** The condition in the language of filters; comparisons that still lack a value are left out. */
export function write(comparisons: Comparison[]): string {
  return comparisons
    .filter(({ field, operator, values }) => field && (takes(operator) === "none" || values.length > 0))
    .map(({ field, operator, values }) => [quoted(field), operator, ...said(operator, values)].join(" "))
    .join(" and ");
}

function said(operator: Operator, values: Value[]): string[] {
  if (takes(operator) === "none") return [];
  const texts = values.map((value) =>
    typeof value === "string" ? `'${value.replaceAll("'", "''")}'` : String(value),
  );
  return takes(operator) === "several" ? [`(${texts.join(", ")})`] : texts.slice(0, 1);
}

const PLAIN = /^[$@]?[\p{L}_][\p{L}\p{N}_]*(?:\.[$@]?[\p{L}\p{N}_]+)*$/u;

/** A name as the language has it: in double quotes where it is not one word. */
export function quoted(name: string): string {
  return PLAIN.test(name) || name.includes('"') ? name : `"${name}"`;
}

function unquoted(name: string): string {
  return /^"[^"]*"$/.test(name) ? name.slice(1, -1) : name;
}
