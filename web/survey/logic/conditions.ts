/**
 * Conditions about earlier answers, read and asked as the service does (`core/expr`): comparisons, lists, ranges,
 * matches and `is null`, joined by `and`, `or`, `not`. What is compared with a missing answer is unknown.
 */

import { asNumber, asText, compared, type Facts, find, like } from "./values.ts";

export type Literal = string | number;
export type Comparison = "=" | "!=" | "<" | "<=" | ">" | ">=";
export type Manner = "like" | "contains" | "starts with" | "ends with";

export type Condition =
  | { is: "and" | "or"; parts: Condition[] }
  | { is: "not"; part: Condition }
  | { is: "compare"; name: string; op: Comparison; value: Literal }
  | { is: "among"; name: string; values: Literal[]; negated: boolean }
  | { is: "between"; name: string; low: Literal; high: Literal; negated: boolean }
  | { is: "match"; name: string; manner: Manner; text: string; negated: boolean }
  | { is: "null"; name: string; negated: boolean };

interface Token {
  is: "name" | "text" | "number" | "sign" | "mark" | "end";
  text: string;
}

const TOKEN =
  /\s*(?:([$@]?[\p{L}_][\p{L}\p{N}_]*(?:\.(?:[$@]?[\p{L}\p{N}_]+|"(?:[^"]|"")*"))*|"(?:[^"]|"")*"(?:\.(?:[$@]?[\p{L}\p{N}_]+|"(?:[^"]|"")*"))*)|('(?:[^']|'')*'|‘[^’]*’|“[^”]*”)|([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?)|([=＝]{1,2}|[!！][=＝]|[<＜][>＞=＝]?|[>＞][=＝]?|[≠≤≥])|([(（)），,、]))/iuy;
const KINDS = ["name", "text", "number", "sign", "mark"] as const;
const WIDE: Record<string, string> = {
  "＝": "=",
  "！": "!",
  "＜": "<",
  "＞": ">",
  "（": "(",
  "）": ")",
  "，": ",",
  "、": ",",
};
const SAME: Record<string, Comparison> = { "==": "=", "<>": "!=", "≠": "!=", "≤": "<=", "≥": ">=" };
const PART = /"((?:[^"]|"")*)"|([^".]+)/g;

function tokens(written: string): Token[] {
  const found: Token[] = [];
  const text = written.replace(/\s+$/, "");
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.exec(text);
    if (at === null) throw new SyntaxError(written);
    const place = KINDS.findIndex((_, one) => at[one + 1] !== undefined);
    const is = KINDS[place] ?? "mark";
    const said = at[place + 1] ?? "";
    const plain =
      is === "sign" || is === "mark" ? said.replace(/[＝！＜＞（），、]/g, (one) => WIDE[one] ?? one) : said;
    found.push({ is, text: plain });
  }
  return found;
}

/** The condition that a text says; it throws where the text says none. */
export function parse(written: string): Condition {
  const waiting = tokens(written);
  const end: Token = { is: "end", text: "" };
  const next = () => waiting[0] ?? end;
  const is = (...words: string[]) =>
    words.every((word, at) => {
      const token = waiting[at];
      return (token?.is === "name" || token?.is === "mark") && token.text.toLowerCase() === word;
    });
  const taken = (...words: string[]) => is(...words) && waiting.splice(0, words.length).length > 0;
  const take = (kind?: Token["is"]): Token => {
    const token = waiting.shift();
    if (token === undefined || (kind && token.is !== kind)) throw new SyntaxError(written);
    return token;
  };
  const need = (word: string) => {
    if (!taken(word)) throw new SyntaxError(written);
  };

  function joined(word: "or" | "and", below: () => Condition): Condition {
    const parts = [below()];
    while (taken(word)) parts.push(below());
    return parts.length > 1 ? { is: word, parts } : (parts[0] as Condition);
  }
  const any = (): Condition => joined("or", all);
  const all = (): Condition => joined("and", negation);
  function negation(): Condition {
    return taken("not") ? { is: "not", part: negation() } : atom();
  }
  function atom(): Condition {
    if (taken("(")) {
      const inner = any();
      need(")");
      return inner;
    }
    const name = nameOf(take("name").text);
    if (next().is === "sign") {
      const op = take().text;
      return { is: "compare", name, op: SAME[op] ?? (op as Comparison), value: literal() };
    }
    if (taken("is")) {
      const negated = taken("not");
      need("null");
      return { is: "null", name, negated };
    }
    const negated = taken("not");
    if (taken("in")) {
      need("(");
      const values = [literal()];
      while (taken(",")) values.push(literal());
      need(")");
      return { is: "among", name, values, negated };
    }
    if (taken("between")) {
      const low = literal();
      need("and");
      return { is: "between", name, low, high: literal(), negated };
    }
    return { is: "match", name, manner: manner(), text: textOf(take("text").text), negated };
  }
  function manner(): Manner {
    for (const one of ["like", "contains", "starts with", "ends with"] as const)
      if (taken(...one.split(" "))) return one;
    throw new SyntaxError(written);
  }
  function literal(): Literal {
    const token = take();
    if (token.is === "text") return textOf(token.text);
    if (token.is === "number") return Number(token.text);
    const word = token.text.toLowerCase();
    if (token.is === "name" && (word === "true" || word === "false")) return word;
    throw new SyntaxError(written);
  }

  const found = any();
  if (waiting.length) throw new SyntaxError(written);
  return found;
}

function nameOf(written: string): string {
  const parts = [...written.matchAll(PART)].map((part) => part[2] ?? (part[1] ?? "").replace(/""/g, '"'));
  return parts.join(".").replace(/^(?:properties\.)+/, "");
}

function textOf(written: string): string {
  const inner = written.slice(1, -1);
  return written.startsWith("'") ? inner.replace(/''/g, "'") : inner;
}

const read = new Map<string, Condition | null>();

/** The condition that a text says; null where it says none. */
export function parsed(written: string): Condition | null {
  let found = read.get(written);
  if (found === undefined) {
    try {
      found = parse(written);
    } catch {
      found = null;
    }
    read.set(written, found);
  }
  return found;
}

/** The questions, and parts of answers, that a condition reads. */
export function namesOf(written: string | null | undefined): string[] {
  const walk = (one: Condition): string[] =>
    "parts" in one ? one.parts.flatMap(walk) : "part" in one ? walk(one.part) : [one.name];
  const found = written ? parsed(written) : null;
  return found ? [...new Set(walk(found))] : [];
}

/** Whether something is shown, given what earlier answers say. */
export function holds(written: string | null | undefined, facts: Facts): boolean {
  if (!written) return true;
  const found = parsed(written);
  return found !== null && ask(found, facts) === true;
}

/** True, false, or undefined where that is unknown. */
function ask(one: Condition, facts: Facts): boolean | undefined {
  switch (one.is) {
    case "and":
      return every(one.parts.map((part) => ask(part, facts)));
    case "or":
      return flip(every(one.parts.map((part) => flip(ask(part, facts)))));
    case "not":
      return flip(ask(one.part, facts));
    case "null":
      return (asText(find(facts, one.name)) === undefined) !== one.negated;
    case "compare":
      return compare(operand(facts, one.name, one.value), one.op, one.value);
    case "among": {
      const equal = one.values.map((value) => compare(operand(facts, one.name, value), "=", value));
      const found = equal.includes(undefined) ? undefined : equal.includes(true);
      return one.negated ? flip(found) : found;
    }
    case "between": {
      const value = operand(facts, one.name, one.low);
      const found = every([compare(value, ">=", one.low), compare(value, "<=", one.high)]);
      return one.negated ? flip(found) : found;
    }
    case "match": {
      const value = asText(find(facts, one.name));
      if (value === undefined) return undefined;
      return fits(value, one.manner, one.text) !== one.negated;
    }
  }
}

function operand(facts: Facts, name: string, literal: Literal): Literal | undefined {
  const value = find(facts, name);
  return typeof literal === "string" ? asText(value) : asNumber(value);
}

function compare(value: Literal | undefined, op: Comparison, literal: Literal): boolean | undefined {
  if (value === undefined) return undefined;
  const order = compared(value, literal);
  switch (op) {
    case "=":
      return order === 0;
    case "!=":
      return order !== 0;
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    case ">":
      return order > 0;
    case ">=":
      return order >= 0;
  }
}

function fits(value: string, manner: Manner, text: string): boolean {
  switch (manner) {
    case "contains":
      return value.includes(text);
    case "starts with":
      return value.startsWith(text);
    case "ends with":
      return value.endsWith(text);
    case "like":
      return like(value, text);
  }
}

/** SQL's `and`: false wins over unknown, unknown over true. */
function every(answers: (boolean | undefined)[]): boolean | undefined {
  return answers.includes(false) ? false : answers.includes(undefined) ? undefined : true;
}

function flip(answer: boolean | undefined): boolean | undefined {
  return answer === undefined ? undefined : !answer;
}
