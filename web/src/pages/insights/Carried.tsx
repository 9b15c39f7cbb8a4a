import type { Reliability } from "@/hooks/useInsights";
import { decimal } from "@/parts/numbers";
import classes from "./Insights.module.css";

/** How far the quotes of an insight carry it, and what that was worked out from. */
export function Carried({ of, whole = false }: { of: Reliability; whole?: boolean }) {
  const { value, level_name, text, short } = of;
  return (
    <span className={classes.carried} data-whole={whole}>
      <span className={classes.figure}>
        <b>{value === null ? "—" : decimal(value, 1)}</b> {level_name}
      </span>
      <span className={classes.track} aria-hidden="true">
        <span style={{ width: `${value ?? 0}%` }} />
      </span>
      <small>{whole ? text : short}</small>
    </span>
  );
}
