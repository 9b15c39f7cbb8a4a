import type { InsightRow } from "@/hooks/useInsights";
import { Chip } from "@/parts/Chip";

const TONES = { draft: "plain", confirmed: "good", retired: "mid" } as const;

/** Where an insight stands. */
export function StateOf({
  insight: { state, state_name },
}: {
  insight: Pick<InsightRow, "state" | "state_name">;
}) {
  return <Chip tone={TONES[state]}>{state_name}</Chip>;
}
