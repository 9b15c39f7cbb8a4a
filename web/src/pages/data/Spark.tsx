import { useSay } from "@/words/say";
import classes from "./Data.module.css";

const WIDTH = 120;
const HEIGHT = 24;
const GAP = 1;

/** So many a day, as small bars from zero. */
export function Spark({ days, first }: { days: number[]; first: string | null }) {
  const say = useSay();
  const most = Math.max(...days, 1);
  const each = WIDTH / Math.max(days.length, 1);
  return (
    <svg
      className={classes.spark}
      width={WIDTH}
      height={HEIGHT}
      role="img"
      aria-label={say("web.data.spark", { day: first ?? "—", most })}
    >
      {days.map((n, day) => {
        const height = n ? Math.max(1, (n / most) * HEIGHT) : 0;
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a day's place is what it is
            key={day}
            x={day * each}
            y={HEIGHT - height}
            width={Math.max(each - GAP, 1)}
            height={height}
          />
        );
      })}
    </svg>
  );
}
