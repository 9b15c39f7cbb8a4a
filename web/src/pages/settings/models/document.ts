import type { Json } from "@/api/types";
import type { Model } from "@/hooks/useModel";

/** A rule as the document has it; parts that are not edited here stay as they are. */
export interface Rule {
  events?: string[];
  where?: string | null;
  [more: string]: Json | undefined;
}

interface Stage {
  key: string;
  entry?: Rule[];
  exit?: Rule[];
}

export type Side = "entry" | "exit";

/** The rules that bring a customer into a stage, or end the time in it. */
export function rulesOf(document: Model["document"], stage: string, side: Side): Rule[] {
  const stages = document.stages as Stage[];
  return stages.find((one) => one.key === stage)?.[side] ?? [];
}

/** The document with other rules for a stage. */
export function withRules(
  document: Model["document"],
  stage: string,
  side: Side,
  rules: Rule[],
): Model["document"] {
  const stages = document.stages as Stage[];
  return {
    ...document,
    stages: stages.map((one) => (one.key === stage ? { ...one, [side]: rules.map(plain) } : one)),
  };
}

/** Parts that say nothing are left out, as the document does. */
function plain(rule: Rule): Rule {
  return Object.fromEntries(
    Object.entries(rule).filter(
      ([, value]) => value !== null && value !== "" && !(Array.isArray(value) && value.length === 0),
    ),
  );
}
