import type { ProblemBody } from "@/api/problem";
import type { AnalysisForm, FormField, Json, Spec } from "@/api/types";

/** What is wrong with a question, and where it is said. */
export interface Wrong {
  field: string;
  /** What was given, where it is a name. */
  name: string | null;
  /** What was meant, perhaps. */
  near: string | null;
  told: string;
}

/** The kinds of fields that name such a thing, for a name that stands in several. */
const KINDS: Record<string, FormField["kind"][]> = {
  unknown_event: ["event", "steps", "place", "pairs", "plan", "exclusions"],
  unknown_property: ["field"],
  unknown_segment: ["segment"],
  unknown_metric: ["metric"],
  unknown_model: ["model"],
  unknown_value: ["place", "pairs", "plan"],
};

/** The field of a question that a refusal is about; nothing where no field says what it complains of. */
export function wrongIn(form: AnalysisForm, spec: Spec, body: ProblemBody): Wrong | null {
  const given = body as ProblemBody & Record<string, unknown>;
  const text = (key: string) => (typeof given[key] === "string" ? (given[key] as string) : null);
  const said = form.fields.filter((field) => spec[field.name] !== undefined);
  const name = given.code.startsWith("unknown_") ? text("name") : null;
  const field =
    said.find((one) => one.name === text("option")) ??
    (name === null ? undefined : naming(said, spec, name, KINDS[given.code] ?? [])) ??
    said.find((one) => one.name === "by" && spec.by === text("by")) ??
    said.find((one) => has(spec[one.name], (part) => part === text("condition")));
  if (!field) return null;
  const value = spec[field.name];
  const told = [given.what, given.try].filter(Boolean).join(given.what.match(/[一-鿿]/) ? "。" : ". ");
  return {
    field: field.name,
    name: name ?? (typeof value === "string" ? value : null),
    near: near(given),
    told,
  };
}

function near(given: Record<string, unknown>): string | null {
  return typeof given.near === "string" ? given.near : null;
}

/** The field that says a name: as it is, best where such a name belongs, or else within a condition. */
function naming(
  said: FormField[],
  spec: Spec,
  name: string,
  kinds: FormField["kind"][],
): FormField | undefined {
  const exact = said.filter((one) => has(spec[one.name], (part) => part === name));
  return (
    exact.find((one) => kinds.includes(one.kind)) ??
    exact[0] ??
    said.find((one) => has(spec[one.name], (part) => part.includes(name)))
  );
}

function has(value: Json | undefined, fits: (text: string) => boolean): boolean {
  if (typeof value === "string") return fits(value);
  if (Array.isArray(value)) return value.some((one) => has(one, fits));
  return value !== null && typeof value === "object" && Object.values(value).some((one) => has(one, fits));
}

/** A value with one name in place of another. */
export function renamed(value: Json, from: string, to: string): Json {
  if (typeof value === "string") return value === from ? to : value.replaceAll(from, to);
  if (Array.isArray(value)) return value.map((one) => renamed(one, from, to));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, renamed(one as Json, from, to)]),
  ) as Json;
}
