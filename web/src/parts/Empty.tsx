import type { ReactNode } from "react";
import classes from "./Empty.module.css";

/** Nothing yet: what will be here, why it isn't, and the one next step (as children). */
export function Empty({
  title,
  why,
  alone = false,
  children,
}: {
  title: string;
  why: ReactNode;
  /** It is all that there is on the page. */
  alone?: boolean;
  children?: ReactNode;
}) {
  const Title = alone ? "h1" : "h2";
  return (
    <div className={classes.empty}>
      <svg width="72" height="40" viewBox="0 0 72 40" aria-hidden="true">
        <path d="M6 28 L24 14 L44 22 L66 8" className={classes.line} />
        <circle cx="6" cy="28" r="3.5" className={classes.dot} />
        <circle cx="24" cy="14" r="3.5" className={classes.dot} />
        <circle cx="44" cy="22" r="3.5" className={classes.dot} />
        <circle cx="66" cy="8" r="3.5" className={classes.dot} />
      </svg>
      <Title>{title}</Title>
      <p>{why}</p>
      {children && <div className={classes.step}>{children}</div>}
    </div>
  );
}
