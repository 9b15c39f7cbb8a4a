import type { ReactNode, Ref } from "react";
import classes from "./Stale.module.css";

interface Props {
  /** Whether this is of an earlier question. */
  when: boolean;
  /** Whether something newer is on its way; so while it is stale, if not given. */
  busy?: boolean;
  className?: string;
  ref?: Ref<HTMLDivElement>;
  children: ReactNode;
}

/** What stands there until something newer has come: pale, and said to be busy. */
export function Stale({ when, busy = when, className = "", ref, children }: Props) {
  return (
    <div ref={ref} className={`${className} ${when ? classes.stale : ""}`} aria-busy={busy}>
      {children}
    </div>
  );
}
