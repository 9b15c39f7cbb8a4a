import type { ReactNode } from "react";
import { BackTo } from "@/parts/BackTo";
import classes from "./Data.module.css";

/** Which one of a section is looked at, and the way back to all of them. */
export function Crumb({
  to,
  parent,
  title,
  children,
}: {
  to: string;
  parent: string;
  title: string;
  children?: ReactNode;
}) {
  return (
    <div className={classes.headline}>
      <BackTo to={`data/${to}`} label={parent} />
      <h2>{title}</h2>
      <div className={classes.space} />
      <div className={classes.acts}>{children}</div>
    </div>
  );
}
