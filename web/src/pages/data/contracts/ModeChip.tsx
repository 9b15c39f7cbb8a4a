import type { Mode } from "@/hooks/useContracts";
import { Chip } from "@/parts/Chip";
import { useSay } from "@/words/say";

/** How a contract is held, and whether anything broke it. */
export function ModeChip({ mode, broken }: { mode: Mode; broken?: boolean }) {
  const say = useSay();
  const tone = mode === "off" ? "plain" : broken ? "bad" : "good";
  return (
    <Chip tone={tone}>
      {say(`web.data.mode_${mode}`)}
      {broken && ` · ${say("web.data.broken")}`}
    </Chip>
  );
}
