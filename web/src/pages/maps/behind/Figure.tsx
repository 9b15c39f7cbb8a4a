import { Anchor, Button } from "@mantine/core";
import { IconClock } from "@tabler/icons-react";
import { Link } from "react-router";
import type { Spec } from "@/api/types";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { askOf } from "@/pages/explore/address";
import { Trend } from "@/pages/voice/Trend";
import { whole } from "@/parts/numbers";
import { useSay } from "@/words/say";
import { ShowWith } from "../binding/ShowWith";
import classes from "./Behind.module.css";
import type { BehindCell, BehindStep, Chosen } from "./useBehind";

interface Props {
  id: string;
  chosen: Chosen;
  cell: BehindCell | undefined;
  found: BehindStep;
  onWho: (chosen: Chosen) => void;
}

/** The number that was chosen, with everything that is known of it, and what can be done. */
export function Figure({ id, chosen, cell, found, onWho }: Props) {
  const say = useSay();
  const who = cell ? { ...chosen, binding: chosen.step ? undefined : cell.key } : { step: chosen.step };
  return (
    <section>
      {cell ? (
        <Known cell={cell} found={found} />
      ) : (
        chosen.lane && <p className={classes.soft}>{say("web.maps.behind.empty")}</p>
      )}
      <div className={classes.do}>
        {found.opens && (cell ? cell.n > 0 : (found.customers ?? 0) > 0) && (
          <Button variant="default" onClick={() => onWho(who)}>
            {say("web.maps.behind.who")}
          </Button>
        )}
        {found.edits && (
          <ShowWith id={id} place={{ step: chosen.step, lane: cell?.lane ?? chosen.lane }} now={cell?.key} />
        )}
      </div>
    </section>
  );
}

function Known({ cell, found }: { cell: BehindCell; found: BehindStep }) {
  const say = useSay();
  const ws = useWorkspaceName();
  const verdict = cell.worse ? classes.worse : cell.better ? classes.better : undefined;
  const { analysis, ...spec } = cell.spec as { analysis: string } & Spec;
  const span: Spec = found.since && found.until ? { since: found.since, until: found.until } : {};
  const asked = {
    ...(found.where ? { where: found.where } : {}),
    ...spec,
    ...span,
    ...(found.step ? { by: "touchpoint" } : {}),
  };
  const known = cell.trend.filter((one) => one.score);
  return (
    <>
      <h3>{cell.title}</h3>
      <div className={classes.value}>
        <b className={verdict}>{cell.shown}</b>
        <span className={classes.soft}>
          {[
            cell.interval && say("web.maps.interval", { interval: cell.interval }),
            cell.n && `n ${whole(cell.n)}`,
          ]
            .filter(Boolean)
            .join(" · ")}
        </span>
      </div>
      {cell.change && <p className={verdict ?? classes.soft}>{cell.change}</p>}
      {cell.target && <p className={cell.met ? classes.better : classes.soft}>{cell.target}</p>}
      {cell.few && <p className={classes.soft}>{say("web.maps.few")}</p>}
      {cell.failed && <p className={classes.soft}>{cell.failed}</p>}
      {cell.stale && (
        <p className={classes.stale}>
          <IconClock size={14} stroke={1.6} />
          <span>{cell.stale}</span>
        </p>
      )}
      {known.length > 1 && (
        <div className={classes.trend}>
          <Trend points={cell.trend} />
          <div className={classes.ends}>
            <span>{cell.trend[0]?.title}</span>
            <span>{cell.trend.at(-1)?.title}</span>
          </div>
        </div>
      )}
      <Anchor component={Link} to={`/w/${encodeURIComponent(ws)}/${askOf(analysis, asked)}`} size="xs">
        {say("web.maps.explore")}
      </Anchor>
    </>
  );
}
