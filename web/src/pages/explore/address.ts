import type { Spec } from "@/api/types";

/** How a question is shown: parts of the address that begin with `~`. */
export type How = Record<string, string | null>;

/** A question as an address below the workspace. */
export function askOf(analysis: string, spec: Spec): string {
  const text = searchOf(spec).toString();
  return `explore/${analysis}${text ? `?${text}` : ""}`;
}

/** Every part of the spec is one parameter, as JSON unless it is plain text. */
export function searchOf(spec: Spec, how: How = {}): URLSearchParams {
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(spec)) asked.set(name, written(value));
  for (const [name, value] of Object.entries(how)) if (value !== null) asked.set(`~${name}`, value);
  return asked;
}

/** The question that an address holds. */
export function specOf(asked: URLSearchParams): Spec {
  const said = [...asked].filter(([name]) => !name.startsWith("~"));
  return Object.fromEntries(said.map(([name, text]) => [name, read(text)]));
}

/** How an address wants it shown. */
export function howOf(asked: URLSearchParams): How {
  const said = [...asked].filter(([name]) => name.startsWith("~"));
  return Object.fromEntries(said.map(([name, text]) => [name.slice(1), text]));
}

/** A text stands as it is, unless it would be read as something else. */
function written(value: Spec[string]): string {
  return typeof value === "string" && read(value) === value ? value : JSON.stringify(value);
}

function read(text: string): Spec[string] {
  if (!/^(["[{]|-?\d|true$|false$|null$)/.test(text)) return text;
  try {
    return JSON.parse(text) as Spec[string];
  } catch {
    return text;
  }
}
