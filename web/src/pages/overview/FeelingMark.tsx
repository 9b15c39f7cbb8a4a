import { Changed } from "@/parts/Changed";
import { feelingColour, signed } from "@/parts/feelings";
import { whole } from "@/parts/numbers";
import { useSay } from "@/words/say";
import cells from "./cells.module.css";
import classes from "./FeelingMark.module.css";
import type { Figure } from "./types";

const TALL = 84;

/** How high a feeling from −2 to +2 stands, from the top of the lane. */
const high = (value: number) => TALL / 2 - (value * (TALL / 2 - 10)) / 2;

/** What was said in a stage: a point on the lane with its interval, joined to the next stage's if that was asked too. */
export function FeelingMark({ felt, next }: { felt: Figure | undefined; next: Figure | undefined }) {
  const say = useSay();
  if (!felt || felt.value === null) {
    return (
      <div className={classes.mark}>
        <span className={classes.axis} style={{ top: high(0) }} />
        <span className={classes.gap}>{say("web.overview.not_asked")}</span>
      </div>
    );
  }
  const top = high(felt.value);
  const known = next && next.value !== null ? next : null;
  return (
    <div className={classes.mark}>
      <span className={classes.axis} style={{ top: high(0) }} />
      {known?.value !== null && known?.value !== undefined && (
        <svg
          viewBox={`0 0 100 ${TALL}`}
          preserveAspectRatio="none"
          className={classes.joint}
          aria-hidden="true"
        >
          <line x1="0" y1={top} x2="100" y2={high(known.value)} />
        </svg>
      )}
      {felt.low !== null && felt.high !== null && (
        <span
          className={classes.spread}
          style={{ top: high(felt.high), height: high(felt.low) - high(felt.high) }}
        />
      )}
      <span className={classes.point} style={{ top, background: feelingColour(felt.value) }} />
      <div
        className={classes.felt}
        data-side={felt.value < 0 ? "above" : "below"}
        style={{ top: felt.value < 0 ? top - 5 : top + 5 }}
      >
        <Told felt={felt} value={felt.value} />
      </div>
    </div>
  );
}

/** The same where there is no lane to stand on. */
export function Feeling({ felt }: { felt: Figure }) {
  if (felt.value === null) return <span className={cells.none}>—</span>;
  return (
    <span className={classes.alone}>
      <i style={{ background: feelingColour(felt.value) }} aria-hidden="true" />
      <Told felt={felt} value={felt.value} />
    </span>
  );
}

function Told({ felt, value }: { felt: Figure; value: number }) {
  const spread =
    felt.low !== null && felt.high !== null ? `${signed(felt.low, 2)} … ${signed(felt.high, 2)} · ` : "";
  return (
    <>
      <b>{signed(value, 2)}</b>
      <small>
        {spread}n {whole(felt.n)}
      </small>
      <Changed change={felt.change} />
    </>
  );
}
