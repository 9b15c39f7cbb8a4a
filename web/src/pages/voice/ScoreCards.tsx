import { Skeleton } from "@mantine/core";
import { Link } from "react-router";
import type { Spec } from "@/api/types";
import { useRole } from "@/hooks/useRole";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { askOf } from "@/pages/explore/address";
import { Changed } from "@/parts/Changed";
import { whole } from "@/parts/numbers";
import { useSay } from "@/words/say";
import type { Behind } from "./Listening";
import classes from "./ScoreCards.module.css";
import { Trend } from "./Trend";
import type { Scale } from "./types";

const FEW = 0.5;

/** A card for each scale: the score with all that belongs to it. */
export function ScoreCards({ scales, onOpen }: { scales: Scale[]; onOpen: (behind: Behind) => void }) {
  return (
    <ul className={classes.cards}>
      {scales.map((scale) => (
        <Card key={scale.scale} of={scale} onOpen={onOpen} />
      ))}
    </ul>
  );
}

function Card({ of: scale, onOpen }: { of: Scale; onOpen: (behind: Behind) => void }) {
  const say = useSay();
  const ws = useWorkspaceName();
  const { may } = useRole();
  const { score, response } = scale;
  const { by: _, ...whole_ } = scale.spec;
  const { analysis, ...trend } = scale.trend_spec as Spec;
  const title = scale.title;
  return (
    <li className={classes.card}>
      <div className={classes.label}>
        <h3>{title}</h3>
        <span>{[scale.measure, scale.ends].filter(Boolean).join(" · ")}</span>
      </div>
      <div className={classes.figure}>
        {may("analyst") ? (
          <button
            type="button"
            title={say("web.chart.who")}
            onClick={() => onOpen({ spec: whole_, cell: {}, title: `${title} ${score.shown}` })}
          >
            {score.shown}
          </button>
        ) : (
          <b>{score.shown}</b>
        )}
        <Changed change={score.change} spread={false} />
      </div>
      <div className={classes.n}>
        {[
          score.interval,
          `n ${whole(score.n)}`,
          Math.abs(score.effective_n - score.n) > FEW &&
            say("web.voice.effective", { n: whole(score.effective_n) }),
        ]
          .filter(Boolean)
          .join(" · ")}
      </div>
      {response && (
        <div className={classes.n}>
          {say("web.voice.response", { share: response.shown, n: response.asked })}
        </div>
      )}
      <div className={classes.n}>
        {score.change
          ? score.change.interval && say("web.overview.change", { interval: score.change.interval })
          : say("web.voice.no_before")}
      </div>
      <Link
        className={classes.trend}
        to={`/w/${encodeURIComponent(ws)}/${askOf(String(analysis), trend)}`}
        title={say("web.voice.over_time", { what: title })}
      >
        <span className={classes.hidden}>{say("web.voice.over_time", { what: title })}</span>
        <Trend points={scale.trend} />
        <span>
          <small>{scale.trend[0]?.title}</small>
          <small>{scale.trend.at(-1)?.title}</small>
        </span>
      </Link>
    </li>
  );
}

/** The same before anything is known. */
export function ScoreCardsWaiting() {
  return (
    <div className={classes.cards}>
      {["a", "b", "c", "d"].map((one) => (
        <Skeleton key={one} height={190} radius={12} />
      ))}
    </div>
  );
}
