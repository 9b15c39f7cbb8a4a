import { Trend } from "@/pages/voice/Trend";
import { whole } from "@/parts/numbers";
import { useSay } from "@/words/say";
import classes from "./Behind.module.css";
import type { BehindTile } from "./useBehind";

/** Four words for a step: what customers find, what they feel, what they do, and how good the touchpoint is. */
export function Tiles({ tiles }: { tiles: BehindTile[] }) {
  const say = useSay();
  return (
    <section>
      <h3>{say("web.maps.behind.tiles")}</h3>
      <div className={classes.tiles}>
        {tiles.map((one) => (
          <div key={one.name} className={classes.tile}>
            <h4>{one.title}</h4>
            <b>{one.shown}</b>
            <div className={classes.soft}>
              {one.n > 0
                ? [one.interval, `n ${whole(one.n)}`].filter(Boolean).join(" · ")
                : say("web.maps.behind.unknown")}
            </div>
            {one.trend.filter((at) => at.score).length > 1 && (
              <div className={classes.spark}>
                <Trend points={one.trend} />
              </div>
            )}
            <div className={classes.source}>{one.source}</div>
          </div>
        ))}
      </div>
    </section>
  );
}
