import type { ReactNode } from "react";
import classes from "./Card.module.css";

/** A white surface with a line around it, and a small head if it has one. */
export function Card({
  title,
  aside,
  flush = false,
  children,
}: {
  title?: ReactNode;
  aside?: ReactNode;
  /** Its content reaches the edge. */
  flush?: boolean;
  children: ReactNode;
}) {
  return (
    <section className={classes.card}>
      {(title || aside) && (
        <div className={classes.head}>
          {title && <h2>{title}</h2>}
          {aside && <div className={classes.aside}>{aside}</div>}
        </div>
      )}
      <div className={flush ? undefined : classes.body}>{children}</div>
    </section>
  );
}
