import type { Spec } from "@/api/types";
import { listOf } from "./spec";

/** Other answers that an answer gives: how long the steps of a funnel take, where customers are now. */
export type Part = "times" | "now";

const PARTS: Record<string, Part> = { funnel: "times", stages: "now" };

/** How an answer can be looked at; the first is how it is shown unless another is wanted. */
export function viewsOf(analysis: string, spec: Spec): string[] {
  const part = analysis === "funnel" && listOf(spec.steps).length < 2 ? undefined : PARTS[analysis];
  if (analysis === "clusters") return ["cards", "picture", "table"];
  return part ? ["picture", part, "table"] : ["picture", "table"];
}

/** The view that is wanted, where there is such a view, else the first, and the part of the answer that it shows. */
export function viewOf(analysis: string, spec: Spec, wanted = ""): { as: string; part: Part | null } {
  const views = viewsOf(analysis, spec);
  const as = views.includes(wanted) ? wanted : (views[0] ?? "picture");
  const part = PARTS[analysis];
  return { as, part: part === as ? part : null };
}
