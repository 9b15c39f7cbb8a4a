import type { Spec } from "@/api/types";
import { listOf } from "./spec";

/**
 * Other answers that an answer gives: how long the steps of a funnel take, where customers are now, how a yes or no
 * follows from how satisfied customers were.
 */
export type Part = "times" | "now" | "linked";

const PARTS: Record<string, Part> = { funnel: "times", stages: "now", drivers: "linked" };

/** Begins a condition on customers, or stands within one: what is to be explained is a yes or no. */
const CONDITION = /^(not\s+)?did\b|\bthen\b|^in segment\b|^\w+:\w+$/i;

function partOf(analysis: string, spec: Spec): Part | undefined {
  if (analysis === "funnel" && listOf(spec.steps).length < 2) return undefined;
  if (analysis === "drivers" && !CONDITION.test(String(spec.outcome ?? ""))) return undefined;
  return PARTS[analysis];
}

/** How an answer can be looked at; the first is how it is shown unless another is wanted. */
export function viewsOf(analysis: string, spec: Spec): string[] {
  const part = partOf(analysis, spec);
  if (analysis === "clusters") return ["cards", "picture", "table"];
  return part ? ["picture", part, "table"] : ["picture", "table"];
}

/** The view that is wanted, where there is such a view, else the first, and the part of the answer that it shows. */
export function viewOf(analysis: string, spec: Spec, wanted = ""): { as: string; part: Part | null } {
  const views = viewsOf(analysis, spec);
  const as = views.includes(wanted) ? wanted : (views[0] ?? "picture");
  const part = partOf(analysis, spec);
  return { as, part: part !== undefined && part === as ? part : null };
}
