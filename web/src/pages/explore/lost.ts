import type { Cell, Spec } from "@/api/types";
import { listOf } from "./spec";

/** Whether some of those behind a cell may not have gone on from there: of a step of a funnel that is not its last. */
export function goesOn({
  analysis,
  spec,
  cell,
  part,
}: {
  analysis: string;
  spec: Spec;
  cell: Cell;
  part?: string | null;
}): boolean {
  return analysis === "funnel" && !part && Number(cell.step) < listOf(spec.steps).length;
}
