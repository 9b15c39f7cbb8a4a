import { Chip } from "@/parts/Chip";
import { useSay } from "@/words/say";

/** Says that what is shown was simulated. */
export function Simulated() {
  const say = useSay();
  return (
    <Chip tone="mid">
      <span title={say("web.shell.simulated_why")}>{say("web.shell.simulated")}</span>
    </Chip>
  );
}
