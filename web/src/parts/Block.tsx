import type { ReactNode } from "react";
import classes from "./Block.module.css";

/** A part of a page with a name: a line about it, what may be done with it, and what it shows. */
export function Block({
  title,
  about,
  actions,
  children,
}: {
  title: string;
  about?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className={classes.block} aria-label={title}>
      <div className={classes.head}>
        <div className={classes.said}>
          <h2>{title}</h2>
          {about && <p>{about}</p>}
        </div>
        {actions && <div className={classes.actions}>{actions}</div>}
      </div>
      {children}
    </section>
  );
}
