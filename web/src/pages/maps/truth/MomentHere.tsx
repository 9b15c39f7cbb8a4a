import { useSay } from "@/words/say";
import { Moment } from "./Moment";
import { useMoments } from "./useMoments";

/** Whether a step is proposed as a moment of truth, and what was decided; nothing where it never was. */
export function MomentHere({ id, step }: { id: string; step: string }) {
  const say = useSay();
  const found = useMoments(id).data;
  const one = found?.moments.find((each) => each.step === step);
  if (!found || !one) return null;
  return (
    <section>
      <h3>{say(one.state === "open" ? "web.maps.truth.here" : "web.maps.truth.name")}</h3>
      <Moment id={id} one={one} edits={found.edits} />
    </section>
  );
}
