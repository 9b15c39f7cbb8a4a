import { useWorkspace } from "@/hooks/useWorkspace";
import { Card } from "@/parts/Card";
import { whole } from "@/parts/numbers";
import { dayOf } from "@/parts/pickers/range";
import { useSay } from "@/words/say";
import cells from "./cells.module.css";
import classes from "./Live.module.css";
import { useLive } from "./useLive";

const SHOWN = 5;

/** What comes in now: the last minutes as a line, the whole and each source. */
export function Live({ token }: { token: string | undefined }) {
  const say = useSay();
  const live = useLive(token);
  const workspace = useWorkspace().data;
  const most = Math.max(1, ...live.all);
  return (
    <Card
      title={say("web.overview.live")}
      aside={
        <span className={classes.state} data-state={live.state}>
          {say(`web.overview.live_${live.state}`)}
        </span>
      }
    >
      <div className={classes.arriving}>
        <div>
          <b className={cells.number}>{whole(live.now)}</b>
          <small>{say("web.overview.last_minute")}</small>
        </div>
        <Line past={live.all} most={most} />
      </div>
      {live.sources.length > 0 ? (
        <ul className={classes.sources}>
          {live.sources.slice(0, SHOWN).map(({ source, now, past }) => (
            <li key={source}>
              <span>{source ?? say("web.overview.no_source")}</span>
              <Line past={past} most={most} />
              <b>{whole(now)}</b>
            </li>
          ))}
        </ul>
      ) : (
        <p className={classes.quiet}>
          {workspace?.last
            ? say("web.overview.quiet", { day: dayOf(workspace.last, workspace.zone) })
            : say("web.overview.quiet_ever")}
        </p>
      )}
    </Card>
  );
}

/** A line of the last five minutes, from the bottom for nothing to the top for the most. */
function Line({ past, most }: { past: number[]; most: number }) {
  const from = 150 - past.length;
  const points = past.map((count, place) => `${from + place},${23 - (22 * count) / most}`).join(" ");
  return (
    <svg viewBox="0 0 149 24" preserveAspectRatio="none" className={classes.line} aria-hidden="true">
      <line x1="0" y1="23" x2="149" y2="23" />
      <polyline points={points} />
    </svg>
  );
}
