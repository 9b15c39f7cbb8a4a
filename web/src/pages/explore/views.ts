import type { Spec } from "@/api/types";
import { stepsOf } from "./spec";

/** How an answer can be looked at. */
export function viewsOf(analysis: string, spec: Spec): string[] {
  return timed(analysis, spec) ? ["picture", "time", "table"] : ["picture", "table"];
}

/** Which question a view asks: the time to convert is that from the first step of a funnel to its last. */
export function viewOf(
  analysis: string,
  spec: Spec,
  as: string,
): { analysis: string; spec: Spec; as: string } {
  const shown = viewsOf(analysis, spec).includes(as) ? as : "picture";
  return shown === "time"
    ? { analysis: "timing", spec: timed(analysis, spec) ?? {}, as: shown }
    : { analysis, spec, as: shown };
}

function timed(analysis: string, spec: Spec): Spec | null {
  const steps = analysis === "funnel" ? stepsOf(spec.steps) : [];
  const [first, last] = [steps[0], steps.at(-1)];
  if (!first || !last || first === last || typeof first.event !== "string" || typeof last.event !== "string")
    return null;
  const shared = ["where", "since", "until", "model", "by"].filter((name) => spec[name] !== undefined);
  return {
    start: first.event,
    end: last.event,
    ...(first.where ? { start_where: first.where } : {}),
    ...(last.where ? { end_where: last.where } : {}),
    ...Object.fromEntries(shared.map((name) => [name, spec[name] ?? null])),
  };
}
