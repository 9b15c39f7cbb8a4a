import { Changed } from "@/parts/Changed";
import { interval, whole } from "@/parts/numbers";
import { useSay } from "@/words/say";
import classes from "./cells.module.css";
import type { Stage } from "./types";

/** How many customers entered a stage. */
export function Reached({ stage }: { stage: Stage }) {
  const say = useSay();
  if (!stage.seen) return <span className={classes.none}>{say("web.overview.unseen")}</span>;
  return (
    <>
      <b className={classes.number}>{stage.reached.shown}</b>
      <Changed change={stage.reached.change} />
    </>
  );
}

/** Which share of the stage before went on to this one. */
export function Conversion({ stage }: { stage: Stage }) {
  const of = stage.conversion;
  if (!of || of.value === null || !stage.seen) return <span className={classes.none}>—</span>;
  return (
    <>
      <b className={classes.number}>{of.shown}</b>
      <span className={classes.track} aria-hidden="true">
        <i style={{ width: `${of.value * 100}%` }} />
      </span>
      <small>
        {interval(of.low, of.high, "share")} · n {whole(of.n)}
      </small>
      <Changed change={of.change} />
    </>
  );
}

/** How long customers stayed in it: the median, and what nine in ten did not exceed. */
export function Dwell({ stage }: { stage: Stage }) {
  const say = useSay();
  const { dwell } = stage;
  if (dwell.value === null || !stage.seen) return <span className={classes.none}>—</span>;
  return (
    <>
      <b className={classes.number}>{dwell.shown}</b>
      <small>
        {say("web.overview.p90", { span: dwell.shown_p90 })} · n {whole(dwell.n)}
      </small>
      <Changed change={dwell.change} />
    </>
  );
}
