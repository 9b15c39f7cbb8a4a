import { useSay } from "@/words/say";
import type { Drivers } from "./types";
import classes from "./Voice.module.css";

/** What is to be known of an answer: that association is no cause always, the rest when it is asked for. */
export function Known({ notes }: { notes: Drivers["notes"] }) {
  const say = useSay();
  const rest = (notes ?? []).filter(({ code }) => code !== "drivers_association");
  return (
    <>
      <p className={classes.cause}>{say("web.voice.no_cause")}</p>
      {rest.length > 0 && (
        <details className={classes.notes}>
          <summary>{say("web.voice.notes", { n: rest.length })}</summary>
          <ul>
            {rest.map(({ code, text }) => (
              <li key={code + text}>{text}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
