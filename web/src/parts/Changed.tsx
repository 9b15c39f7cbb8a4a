import type { Of } from "@/api/schemas";
import { useSay } from "@/words/say";
import classes from "./Changed.module.css";

type Change = Of<"Figure">["change"];

const ARROWS = { up: "▲", down: "▼", same: "" } as const;

/** What a number changed by since the period before, and the interval of that; red only where it got worse. */
export function Changed({ change, spread = true }: { change: Change | undefined; spread?: boolean }) {
  const say = useSay();
  if (!change) return null;
  if (change.low === null) {
    return (
      <span className={classes.same} title={change.text}>
        {say("web.overview.untested")}
      </span>
    );
  }
  const { changed, worse, direction, shown, interval, text } = change;
  return (
    <span className={changed && worse ? classes.worse : classes.same} title={text}>
      {changed ? (
        <b>
          <span aria-hidden="true">{ARROWS[direction]}</span> {shown}
        </b>
      ) : (
        <span className={classes.calm}>{say("web.overview.no_change")}</span>
      )}
      {spread && " "}
      {spread && <small>{interval}</small>}
    </span>
  );
}
