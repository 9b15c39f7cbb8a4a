import { SegmentedControl } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useRole } from "@/hooks/useRole";
import { Block } from "@/parts/Block";
import { Changed } from "@/parts/Changed";
import { whole } from "@/parts/numbers";
import { useSay } from "@/words/say";
import { type Axis, at, axisOf } from "./axis";
import { Beyond, Further } from "./Further";
import type { Behind } from "./Listening";
import classes from "./Places.module.css";
import type { Place, Scale, Score, Voice } from "./types";

/** Fewer answers are drawn hollow. */
const FEW = 5;

interface Props {
  shown: Voice;
  onBy: (by: string) => void;
  onOpen: (behind: Behind) => void;
}

/** The scores by place: each scale in a lane of its own, a point with its interval, and a gap where nobody was asked. */
export function Places({ shown, onBy, onOpen }: Props) {
  const say = useSay();
  const { scales = [], places = [], choices = [], by } = shown;
  const narrow = useMediaQuery("(max-width: 760px)", false, { getInitialValueInEffect: false });
  const lanes = scales.map((scale) => ({ scale, axis: axisFor(scale) }));
  const first = scales[0];
  const open = (scale: Scale, place: Place, score: Score) => {
    const { by: _, ...rest } = scale.spec;
    onOpen({
      spec: place.where ? { ...rest, where: place.where } : scale.spec,
      cell: place.where ? {} : { group: place.key },
      title: `${place.title} · ${scale.title} ${score.shown}`,
    });
  };
  const parts = { lanes, places, open };
  return (
    <Block
      title={say("web.voice.by_place")}
      about={say("web.voice.by_place_about")}
      actions={
        <>
          <SegmentedControl
            size="xs"
            value={by}
            onChange={onBy}
            data={choices.map(({ value, title }) => ({ value, label: title }))}
            aria-label={say("web.voice.by")}
          />
          {by !== "segment" && <Beyond spec={first?.spec} by={by} />}
          {first && <Further spec={first.spec} title={`${first.title} ${first.measure}`} />}
        </>
      }
    >
      {narrow ? <Stack {...parts} /> : <Table {...parts} />}
    </Block>
  );
}

interface Parts {
  lanes: { scale: Scale; axis: Axis }[];
  places: Place[];
  open: (scale: Scale, place: Place, score: Score) => void;
}

function Table({ lanes, places, open }: Parts) {
  const say = useSay();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keys
    <section className={classes.scroll} tabIndex={0} aria-label={say("web.voice.by_place")}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col" className={classes.corner}>
              <span className={classes.hidden}>{say("web.voice.by")}</span>
            </th>
            {lanes.map(({ scale, axis }) => (
              <th scope="col" key={scale.scale}>
                {scale.title}
                <small>{[scale.measure, scale.ends].filter(Boolean).join(" · ")}</small>
                <span className={classes.ends} aria-hidden="true">
                  <i>{end(scale, axis.from)}</i>
                  <i>{end(scale, axis.to)}</i>
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {places.map((place, row) => (
            <tr key={place.key}>
              <th scope="row">{place.title}</th>
              {lanes.map(({ scale, axis }) => (
                <td key={scale.scale}>
                  <Mark {...{ scale, axis, place, open }} score={scale.places[row] ?? null} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** The same on a phone: a card for each place. */
function Stack({ lanes, places, open }: Parts) {
  return (
    <ol className={classes.stack}>
      {places.map((place, row) => (
        <li key={place.key}>
          <h3>{place.title}</h3>
          <dl>
            {lanes.map(({ scale, axis }) => {
              const score = scale.places[row];
              return (
                score && (
                  <div key={scale.scale}>
                    <dt>{scale.title}</dt>
                    <dd>
                      <Mark {...{ scale, axis, place, open, score }} />
                    </dd>
                  </div>
                )
              );
            })}
          </dl>
        </li>
      ))}
    </ol>
  );
}

interface MarkProps {
  scale: Scale;
  axis: Axis;
  place: Place;
  score: Score | null;
  open: Parts["open"];
}

/** A score as a point on its lane, with its interval, and what belongs to it below. */
function Mark({ scale, axis, place, score, open }: MarkProps) {
  const say = useSay();
  const { may } = useRole();
  if (!score || score.value === null)
    return <span className={classes.hidden}>{say("web.overview.not_asked")}</span>;
  const part = (value: number) => `${100 * at(axis, value)}%`;
  const all = scale.score.value;
  const inner = (
    <>
      <span className={classes.lane} aria-hidden="true">
        {all !== null && <i className={classes.all} style={{ left: part(all) }} />}
        {score.low !== null && score.high !== null && (
          <i
            className={classes.spread}
            style={{ left: part(score.low), right: `${100 - 100 * at(axis, score.high)}%` }}
          />
        )}
        <i className={score.n < FEW ? classes.hollow : classes.point} style={{ left: part(score.value) }} />
      </span>
      <span className={classes.told}>
        <b>{score.shown}</b>
        <small>{[score.interval, `n ${whole(score.n)}`].filter(Boolean).join(" · ")}</small>
        {score.change?.changed && <Changed change={score.change} spread={false} />}
      </span>
    </>
  );
  if (!may("analyst")) return <span className={classes.mark}>{inner}</span>;
  return (
    <button
      type="button"
      className={classes.mark}
      title={say("web.chart.who")}
      onClick={() => open(scale, place, score)}
    >
      <span className={classes.hidden}>{`${place.title} ${scale.title}`}</span>
      {inner}
    </button>
  );
}

function axisFor({ places, score, range }: Scale): Axis {
  const known = places.flatMap((one) => (one ? [one.low, one.high, one.value] : []));
  return axisOf([...known, score.value], range);
}

function end({ unit }: Scale, value: number): string {
  const text = unit === "share" ? `${Math.round(100 * value)}%` : `${Number(value.toFixed(2))}`;
  return text.replace("-", "−");
}
