/**
 * What values are to conditions: the text and the number of each, as `core/expr/values.py` has them.
 *
 * Texts are compared by code points, as Python does, not by halves of characters.
 */

export type Facts = Record<string, unknown>;

const NUMBER = /^\s*[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?\s*$/;
const BLANK = "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]+";
const BLANKS = new RegExp(`^${BLANK}|${BLANK}$`, "g");

export function own(value: unknown, name: string): unknown {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A text without the blanks around it that Python takes away. */
export function stripped(text: string): string {
  return text.replace(BLANKS, "");
}

/** A number as Python writes it, which turns to powers of ten sooner. */
export function spelled(number: number): string {
  const size = Math.abs(number);
  if (number === 0 || Number.isInteger(number) || (size >= 1e-4 && size < 1e16)) return String(number || 0);
  return number.toExponential().replace(/e([+-])(\d)$/, "e$10$2");
}

export function asText(value: unknown): string | undefined {
  if (value === null || value === undefined || typeof value === "string") return value ?? undefined;
  if (typeof value === "number") return spelled(value);
  if (typeof value === "boolean") return String(value);
  return JSON.stringify(value);
}

export function asNumber(value: unknown): number | undefined {
  const read = typeof value === "string" && NUMBER.test(value) ? Number(value) : value;
  return typeof read === "number" && Number.isFinite(read) ? read : undefined;
}

/** The value under a name: itself, or by the shortest of its dotted beginnings that leads somewhere. */
export function find(value: unknown, name: string): unknown {
  const here = own(value, name) ?? undefined;
  const steps = name.split(".");
  for (let cut = 1; here === undefined && cut < steps.length; cut++) {
    const found = find(own(value, steps.slice(0, cut).join(".")), steps.slice(cut).join("."));
    if (found !== undefined) return found;
  }
  return here;
}

/** Below 0 where the first comes before the second. */
export function compared(one: string | number, other: string | number): number {
  if (typeof one === "number" || typeof other === "number") return Number(one) - Number(other);
  const [left, right] = [[...one], [...other]];
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const between = point(left[at]) - point(right[at]);
    if (between) return between;
  }
  return left.length - right.length;
}

function point(character: string | undefined): number {
  return character?.codePointAt(0) ?? 0;
}

/** Whether the whole text fits: `%` stands for any characters, `_` for one. */
export function like(text: string, pattern: string): boolean {
  const [value, wanted] = [[...text], [...pattern]];
  let [at, place, star, mark] = [0, 0, -1, 0];
  while (at < value.length) {
    if (wanted[place] === "%") {
      star = place++;
      mark = at;
    } else if (wanted[place] === "_" || (place < wanted.length && wanted[place] === value[at])) {
      at++;
      place++;
    } else if (star >= 0) {
      at = ++mark;
      place = star + 1;
    } else return false;
  }
  return wanted.slice(place).every((one) => one === "%");
}
