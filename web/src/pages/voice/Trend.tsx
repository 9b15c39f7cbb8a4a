import { at, axisOf } from "./axis";
import classes from "./Trend.module.css";

/** A calendar period, and its number; none where nobody answered. */
interface Moment {
  title: string;
  score: {
    value: number | null;
    low: number | null;
    high: number | null;
    shown: string;
    interval: string;
    n: number;
  } | null;
}

const WIDE = 200;
const TALL = 40;
const EDGE = 4;

/** A score over time with its interval behind it; where nobody answered there is a gap. */
export function Trend({ points }: { points: Moment[] }) {
  const axis = axisOf(points.flatMap(({ score }) => (score ? [score.low, score.high, score.value] : [])));
  const x = (place: number) =>
    points.length < 2 ? WIDE / 2 : EDGE + (place * (WIDE - 2 * EDGE)) / (points.length - 1);
  const y = (value: number) => TALL - EDGE - at(axis, value) * (TALL - 2 * EDGE);
  const told = points.flatMap(({ score, title }, place) =>
    score && score.value !== null ? [{ ...score, value: score.value, title, place }] : [],
  );
  const runs: (typeof told)[] = [];
  for (const one of told) {
    const run = runs.at(-1);
    if (run?.at(-1)?.place === one.place - 1) run.push(one);
    else runs.push([one]);
  }
  return (
    <svg viewBox={`0 0 ${WIDE} ${TALL}`} className={classes.trend} aria-hidden="true">
      {runs.map((run) => (
        <g key={run[0]?.place}>
          {run.length > 1 && (
            <polygon
              points={[
                ...run.map(({ place, high, value }) => `${x(place)},${y(high ?? value)}`),
                ...run.map(({ place, low, value }) => `${x(place)},${y(low ?? value)}`).reverse(),
              ].join(" ")}
            />
          )}
          <polyline points={run.map(({ place, value }) => `${x(place)},${y(value)}`).join(" ")} />
          {run.length === 1 &&
            run.map(({ place, low, high }) =>
              low !== null && high !== null ? (
                <line key={place} x1={x(place)} x2={x(place)} y1={y(low)} y2={y(high)} />
              ) : null,
            )}
        </g>
      ))}
      {told.map(({ place, value, title, shown, n, interval }) => (
        <circle key={place} cx={x(place)} cy={y(value)} r={place === told.at(-1)?.place ? 3 : 1.8}>
          <title>
            {[title, shown, interval, `n ${n.toLocaleString("en-US")}`].filter(Boolean).join(" · ")}
          </title>
        </circle>
      ))}
    </svg>
  );
}
