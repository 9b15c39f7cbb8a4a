import type { AnalysisForm, FormField, Json, Spec } from "@/api/types";

/** Whether nothing is said. */
export function empty(value: Json | undefined): boolean {
  return (
    value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0)
  );
}

function same(a: Json | undefined, b: Json | undefined): boolean {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}

/** A question with one field said otherwise; what is at its default is not said. */
export function withField(spec: Spec, field: FormField, value: Json): Spec {
  const { [field.name]: _, ...rest } = spec;
  return empty(value) || (!field.required && same(value, field.default))
    ? rest
    : { ...rest, [field.name]: value };
}

/** What a field says, its default where the question does not say. */
export function saidOf(spec: Spec, field: FormField): Json {
  return spec[field.name] ?? field.default;
}

/** A value as a list: one may stand alone. */
export function listOf(value: Json | undefined): Json[] {
  return empty(value) ? [] : Array.isArray(value) ? value : [value as Json];
}

export interface Step {
  event?: string | string[] | null;
  where?: string | null;
  name?: string | null;
  within?: string | null;
  optional?: boolean;
}

/** The steps of a funnel; a text is an event. */
export function stepsOf(value: Json | undefined): Step[] {
  return listOf(value).map((step) => (typeof step === "string" ? { event: step } : (step as Step)));
}

/** Steps as the question has them: an event alone where nothing more is said. */
export function asSteps(steps: Step[]): Json {
  return steps.map((step) => {
    const said = Object.entries(step).filter(([, value]) => !empty(value as Json) && value !== false);
    const only = said.length === 1 && typeof step.event === "string";
    return only ? (step.event as string) : (Object.fromEntries(said) as Json);
  });
}

/** The required fields that still say nothing; a step without an event is not said yet. */
export function lacking(form: AnalysisForm, spec: Spec): FormField[] {
  return form.fields.filter((field) => field.required && empty(spec[field.name]));
}

/** The same question asked by another analysis: what both know is kept. */
export function carried(spec: Spec, from: AnalysisForm | undefined, to: AnalysisForm): Spec {
  const shared = ["where", "since", "until", "model"];
  const known = new Map(to.fields.map((field) => [field.name, field.kind]));
  return Object.fromEntries(
    Object.entries(spec).filter(
      ([name]) =>
        shared.includes(name) && known.get(name) === from?.fields.find((field) => field.name === name)?.kind,
    ),
  );
}
