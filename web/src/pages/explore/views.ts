import type { Spec } from "@/api/types";
import { listOf } from "./spec";

/** Other answers that an answer gives: how long the steps of a funnel take, where customers are now. */
export type Part = "times" | "now";

const PARTS: Record<string, Part> = { funnel: "times", stages: "now" };

/** How an answer can be looked at. */
export function viewsOf(analysis: string, spec: Spec): string[] {
  const part = analysis === "funnel" && listOf(spec.steps).length < 2 ? undefined : PARTS[analysis];
  return part ? ["picture", part, "table"] : ["picture", "table"];
}

/** The view that is wanted, where there is such a view, and the part of the answer that it shows. */
export function viewOf(analysis: string, spec: Spec, wanted: string): { as: string; part: Part | null } {
  const as = viewsOf(analysis, spec).includes(wanted) ? wanted : "picture";
  const part = PARTS[analysis];
  return { as, part: part === as ? part : null };
}
