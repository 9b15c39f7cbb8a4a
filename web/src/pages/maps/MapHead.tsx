import { Popover, Skeleton } from "@mantine/core";
import { IconClock } from "@tabler/icons-react";
import { useRole } from "@/hooks/useRole";
import { useWorkspace } from "@/hooks/useWorkspace";
import { Chip } from "@/parts/Chip";
import { whole } from "@/parts/numbers";
import { Unbroken } from "@/parts/Unbroken";
import { moment } from "@/parts/when";
import { useSay } from "@/words/say";
import type { Chosen } from "./behind/useBehind";
import type { MapDocument, Said } from "./document";
import { Reliance } from "./evidence/Reliance";
import { Score } from "./evidence/Score";
import classes from "./MapHead.module.css";
import { Moments } from "./truth/Moments";
import { Unconfirmed } from "./Unconfirmed";
import { type MapCell, type MapQuote, useMapAnswers } from "./useMaps";

interface Props {
  id: string;
  map: MapDocument;
  /** Opens what is behind one of the numbers. */
  onChoose: (chosen: Chosen) => void;
}

/** What stands above a map: how far it is, in which situation it is told, whom it is about, its numbers. */
export function MapHead({ id, map, onChoose }: Props) {
  const say = useSay();
  const { may } = useRole();
  const answers = useMapAnswers(id);
  const zone = useWorkspace().data?.zone ?? "UTC";
  const one = map.scenarios?.[0];
  const told = [one?.who, one?.where, one?.when, one?.trigger, one?.goal]
    .filter((said): said is Said => said !== undefined)
    .map((said) => said[say.lang]);
  const numbers = answers.data?.cells.filter((cell) => cell.lane === null) ?? [];
  return (
    <div className={classes.head}>
      <p className={classes.marks}>
        <Chip>{say(`web.maps.states.${map.state ?? "as_is"}`)}</Chip>
        <Chip tone={map.status === "live" ? "good" : "plain"}>
          {say(`web.maps.statuses.${map.status ?? "draft"}`)}
        </Chip>
        <Reliance id={id} edits={may("editor")} onChoose={onChoose} />
        <Moments id={id} map={map} onChoose={onChoose} />
        {told.length > 0 && (
          <span className={classes.scenario} title={told.join(" · ")}>
            <Unbroken text={say("web.maps.scenario", { text: told.join(" · ") })} />
          </span>
        )}
      </p>
      <Unconfirmed id={id} map={map} edits={may("editor")} />
      {answers.isPending && <Skeleton height={52} width={420} />}
      {answers.data && (
        <ul className={classes.numbers}>
          {answers.data.customers !== null && (
            <li>
              <span className={classes.label}>{say("web.maps.customers_of")}</span>
              <b>{whole(answers.data.customers)}</b>
              <small>{span(answers.data.since, answers.data.until, zone)}</small>
            </li>
          )}
          <Score scores={answers.data.scores ?? []} />
          {numbers.map((cell) => (
            <HeadFigure key={cell.key} cell={cell} onChoose={onChoose} />
          ))}
          {answers.data.unplaced ? (
            <Unplaced n={answers.data.unplaced} quotes={answers.data.quotes.filter((one) => !one.step)} />
          ) : null}
        </ul>
      )}
    </div>
  );
}

function HeadFigure({ cell, onChoose }: { cell: MapCell; onChoose: Props["onChoose"] }) {
  const say = useSay();
  const verdict = cell.worse ? classes.worse : cell.better ? classes.better : classes.same;
  const change = cell.before === null ? null : say("web.maps.before", { before: cell.before });
  return (
    <li>
      <button
        type="button"
        className={classes.opens}
        onClick={() => onChoose({ step: "", binding: cell.key ?? undefined })}
      >
        <span className={classes.label}>{cell.title}</span>
      </button>
      <b>
        {cell.shown}
        {cell.stale && <IconClock size={13} stroke={1.6} aria-label={cell.stale} className={classes.stale} />}
        {change && <span className={verdict}> {change}</span>}
      </b>
      <small>
        {[cell.interval, `n ${whole(cell.n)}`, cell.target].filter(Boolean).join(say("web.maps.and"))}
      </small>
    </li>
  );
}

/** Comments of the survey that speak of no step, so that none is lost. */
function Unplaced({ n, quotes }: { n: number; quotes: MapQuote[] }) {
  const say = useSay();
  return (
    <li>
      <span className={classes.label}>{say("web.maps.unplaced")}</span>
      <b>{whole(n)}</b>
      <Popover position="bottom-start" width={340} withinPortal trapFocus returnFocus>
        <Popover.Target>
          <button type="button" className={classes.opens}>
            <small>{say("web.maps.unplaced_see")}</small>
          </button>
        </Popover.Target>
        <Popover.Dropdown>
          <ul className={classes.said}>
            {quotes.map((one) => (
              <li key={one.event}>{one.text}</li>
            ))}
          </ul>
        </Popover.Dropdown>
      </Popover>
    </li>
  );
}

/** The days from the first to the last, both included; nothing for all there is. */
function span(since: string | null, until: string | null, zone: string): string {
  if (!since || !until) return "";
  const last = new Date(Date.parse(until) - 1).toISOString();
  const [from, to] = [since, last].map((time) => moment(time, zone).slice(0, 10));
  return from === to ? `${from}` : `${from} – ${to}`;
}
