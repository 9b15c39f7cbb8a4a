import { useZone } from "@/hooks/useZone";
import { Card } from "@/parts/Card";
import { feelingColour, scaleName, signed } from "@/parts/feelings";
import { decimal } from "@/parts/numbers";
import { dayOf } from "@/parts/pickers/range";
import { useSay } from "@/words/say";
import classes from "./Customers.module.css";
import type { Profile } from "./types";

/** What they last answered, each on its scale and as a feeling. */
export function Answers({ answers, dated }: { answers: Profile["answers"]; dated: boolean }) {
  const say = useSay();
  const zone = useZone();
  if (!answers.length) return null;
  return (
    <Card title={say("web.customers.answers")}>
      <ul className={classes.answers}>
        {answers.map((one, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the last answers come in one piece
          <li key={place}>
            <span>
              {one.feeling !== null && (
                <i style={{ background: feelingColour(one.feeling) }} aria-hidden="true" />
              )}
              <b>{decimal(one.score, one.score % 1 ? 1 : 0)}</b> {scaleName(say, one.scale)}
              {one.feeling !== null && (
                <small>{say("web.timeline.feeling", { value: signed(one.feeling) })}</small>
              )}
            </span>
            <small>
              {one.event}
              {dated && ` · ${dayOf(one.time, zone)}`}
            </small>
            {one.text && <blockquote>{one.text}</blockquote>}
          </li>
        ))}
      </ul>
    </Card>
  );
}
