import type { Spec } from "@/api/types";

/** A question as an address below the workspace: every part of the spec is one parameter, as JSON unless plain text. */
export function askOf(analysis: string, spec: Spec): string {
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(spec)) asked.set(name, written(value));
  const text = asked.toString();
  return `explore/${analysis}${text ? `?${text}` : ""}`;
}

/** The question that an address holds; what begins with `~` is how it is shown. */
export function specOf(asked: URLSearchParams): Spec {
  const said = [...asked].filter(([name]) => !name.startsWith("~"));
  return Object.fromEntries(said.map(([name, text]) => [name, read(text)]));
}

/** A text stands as it is, unless it would be read as something else. */
export function written(value: Spec[string]): string {
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
