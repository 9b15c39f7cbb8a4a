import { Skeleton } from "@mantine/core";
import { Changed } from "@/parts/Changed";
import { whole } from "@/parts/numbers";
import { useSay } from "@/words/say";
import classes from "./Headline.module.css";
import type { Figure } from "./types";

/** The figures of all customers, with what they changed by. */
export function Headline({ figures }: { figures: Figure[] }) {
  const say = useSay();
  return (
    <ul className={classes.headline}>
      {figures.map((one) => (
        <li key={`${one.code} ${one.of}`}>
          <div className={classes.label}>{one.title}</div>
          <div className={classes.figure}>
            <b>{one.shown}</b> <Changed change={one.change} spread={false} />
          </div>
          <div className={classes.n}>
            {[one.interval, one.n === one.value ? "" : `n ${whole(one.n)}`]
              .filter(Boolean)
              .join(say("web.overview.comma"))}
          </div>
          {one.change?.interval && (
            <div className={classes.n}>{say("web.overview.change", { interval: one.change.interval })}</div>
          )}
        </li>
      ))}
    </ul>
  );
}

/** The same before anything is known. */
export function HeadlineWaiting() {
  return (
    <div className={classes.headline}>
      {["a", "b", "c", "d"].map((one) => (
        <Skeleton key={one} height={78} width={150} />
      ))}
    </div>
  );
}
