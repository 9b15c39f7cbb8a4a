import { type ReactNode, useState } from "react";
import classes from "./Details.module.css";

/** A part of the panel that unfolds. */
export function Fold({
  title,
  open = false,
  children,
}: {
  title: string;
  open?: boolean;
  children: ReactNode;
}) {
  const [shown, setShown] = useState(open);
  return (
    <details className={classes.fold} open={shown} onToggle={(event) => setShown(event.currentTarget.open)}>
      <summary>{title}</summary>
      {shown && <div className={classes.inside}>{children}</div>}
    </details>
  );
}
