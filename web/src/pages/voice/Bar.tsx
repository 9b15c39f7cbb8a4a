import { useSay } from "@/words/say";
import classes from "./Bar.module.css";

interface Measured {
  value: number | null;
  low: number | null;
  high: number | null;
  shown: string;
  interval: string;
}

interface Props {
  name: string;
  measured: Measured;
  /** What the whole width stands for. */
  most: number;
  /** What else is known of it, behind its interval. */
  more: (string | null | false | undefined)[];
  onOpen: () => void;
}

/** A number as a bar with its interval, in words beside it; opens who is behind it. */
export function Bar({ name, measured, most, more, onOpen }: Props) {
  const say = useSay();
  const part = (value: number | null) => (100 * (value ?? 0)) / most;
  return (
    <button type="button" className={classes.bar} title={say("web.chart.who")} onClick={onOpen}>
      <span className={classes.name}>{name}</span>
      <span className={classes.track} aria-hidden="true">
        <i style={{ width: `${part(measured.value)}%` }} />
        <b style={{ left: `${part(measured.low)}%`, right: `${100 - part(measured.high)}%` }} />
      </span>
      <span className={classes.told}>
        <b>{measured.shown}</b>
        <small>{[measured.interval, ...more].filter(Boolean).join(" · ")}</small>
      </span>
    </button>
  );
}
