import type { ReactNode } from "react";
import classes from "./Chip.module.css";

/** A word or two on a ground of its own: the state that something is in. */
export function Chip({
  tone = "plain",
  children,
}: {
  tone?: "plain" | "good" | "bad" | "mid" | "accent";
  children: ReactNode;
}) {
  return <span className={`${classes.chip} ${classes[tone]}`}>{children}</span>;
}
