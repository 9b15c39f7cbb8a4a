import classes from "./Num.module.css";
import { decimal, interval, percent, whole } from "./numbers";

interface Props {
  label: string;
  value: number | null | undefined;
  /** What kind of number it is. */
  as?: "whole" | "share" | "decimal";
  low?: number | null;
  high?: number | null;
  n?: number | null;
  /** What it changed by, already worded, and whether that is a significant change for the worse or better. */
  change?: string;
  verdict?: "worse" | "better" | "same";
}

const WRITE = { whole, share: percent, decimal } as const;

/** A number with its interval and its n beside it. */
export function Num({ label, value, as = "whole", low, high, n, change, verdict = "same" }: Props) {
  const spread =
    low === null || low === undefined ? null : interval(low, high, as === "share" ? "share" : "number");
  const under = [spread, n === null || n === undefined ? null : `n ${whole(n)}`].filter(Boolean).join("，");
  return (
    <div className={classes.num}>
      <div className={classes.label}>{label}</div>
      <div>
        <b className={classes.value}>{WRITE[as](value)}</b>
        {change && <span className={`${classes.change} ${classes[verdict]}`}>{change}</span>}
      </div>
      {under && <div className={classes.n}>{under}</div>}
    </div>
  );
}
