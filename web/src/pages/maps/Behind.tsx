import { Anchor, Skeleton } from "@mantine/core";
import { Link } from "react-router";
import type { Spec } from "@/api/types";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { whole } from "@/parts/numbers";
import { Problem } from "@/parts/Problem";
import { Side } from "@/parts/Side";
import { useSay } from "@/words/say";
import { askOf } from "../explore/address";
import { Nested } from "./library/Nested";
import classes from "./Maps.module.css";
import { AboutPart } from "./together/AboutPart";
import type { About } from "./together/panel";
import { type MapCell, useMap, useMapAnswers } from "./useMaps";

export interface Chosen {
  step: string;
  /** The lane whose cell was chosen; none: the step. */
  lane?: string;
}

/** What is behind a step or one of its cells: every number with its interval, what customers said, the question. */
export function Behind({ id, chosen, onClose }: { id: string; chosen: Chosen | null; onClose: () => void }) {
  const say = useSay();
  const map = useMap(id);
  const steps = (map.data?.document.steps ?? []) as { key: string; name: Record<"zh" | "en", string> }[];
  const step = steps.find((one) => one.key === chosen?.step);
  return (
    <Side
      opened={chosen !== null}
      onClose={onClose}
      position="right"
      size={360}
      title={step?.name[say.lang] ?? ""}
      closeButtonProps={{ "aria-label": say("web.do.close") }}
    >
      {chosen && <Step id={id} chosen={chosen} />}
      {chosen && <AboutPart about={aboutOf(chosen)} />}
    </Side>
  );
}

/** What was chosen as a part that one can speak about. */
function aboutOf({ step, lane }: Chosen): About {
  return lane === undefined ? { part: "steps", key: step } : { part: "cells", key: `${lane}/${step}` };
}

function Step({ id, chosen }: { id: string; chosen: Chosen }) {
  const say = useSay();
  const found = useMapAnswers(id);
  if (found.isError) return <Problem error={found.error} retry={() => found.refetch()} />;
  if (found.isPending) return <Skeleton height={200} />;
  const own = found.data.cells.filter((one) => one.step === chosen.step);
  const cells = [...own].sort((a, b) => Number(b.lane === chosen.lane) - Number(a.lane === chosen.lane));
  const quotes = found.data.quotes.filter((one) => one.step === chosen.step);
  const volume = found.data.volume[chosen.step];
  const { since, until } = found.data;
  const span: Spec = since && until ? { since, until } : {};
  return (
    <div className={classes.behind}>
      {volume !== undefined && <p className={classes.soft}>{say("web.maps.customers", { n: volume })}</p>}
      {cells.map((one) => (
        <Figure key={one.lane} cell={one} span={span} />
      ))}
      {cells.length === 0 && <p className={classes.soft}>{say("web.maps.nothing_known")}</p>}
      <Nested id={id} step={chosen.step} />
      {quotes.length > 0 && (
        <section>
          <h3>{say("web.maps.said")}</h3>
          {quotes.map((one) => (
            <blockquote key={one.event} className={classes.quote}>
              {one.text}
              <footer>{[one.speaker, one.date].filter(Boolean).join(" · ")}</footer>
            </blockquote>
          ))}
        </section>
      )}
    </div>
  );
}

function Figure({ cell, span }: { cell: MapCell; span: Spec }) {
  const say = useSay();
  const ws = useWorkspaceName();
  const { analysis, ...spec } = (cell.spec ?? {}) as { analysis?: string } & Spec;
  const verdict = cell.worse ? classes.worse : cell.better ? classes.better : undefined;
  return (
    <section>
      <h3>{cell.title.split(" · ").at(-1)}</h3>
      <div className={classes.value}>
        <b className={verdict}>{cell.shown}</b>
        {cell.before && <span className={verdict}>{say("web.maps.before", { before: cell.before })}</span>}
      </div>
      <p className={classes.soft}>
        {[cell.interval && say("web.maps.interval", { interval: cell.interval }), `n ${whole(cell.n)}`]
          .filter(Boolean)
          .join(" · ")}
      </p>
      {cell.few && <p className={classes.soft}>{say("web.maps.few")}</p>}
      {analysis && (
        <Anchor
          component={Link}
          to={`/w/${encodeURIComponent(ws)}/${askOf(analysis, { ...spec, ...span, by: "touchpoint" })}`}
        >
          {say("web.maps.explore")}
        </Anchor>
      )}
    </section>
  );
}
