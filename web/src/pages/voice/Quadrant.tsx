import { useElementSize } from "@mantine/hooks";
import { useSay } from "@/words/say";
import { at, axisOf } from "./axis";
import { placed } from "./labels";
import classes from "./Quadrant.module.css";
import type { Driver } from "./types";

const TALL = 340;
const EDGE = { top: 22, right: 10, bottom: 34, left: 10 };

/** Importance beside satisfaction: what matters and is not well rated stands at the upper left. */
export function Quadrant({ drivers }: { drivers: Driver[] }) {
  const say = useSay();
  const { ref, width } = useElementSize();
  const known = drivers.filter((one) => one.feeling !== null && one.importance.value !== null);
  if (known.length < 3) return null;
  const [across, up] = [
    axisOf(known.map(({ feeling }) => feeling)),
    axisOf([0, ...known.map(({ importance }) => importance.value)]),
  ];
  const x = (value: number) => EDGE.left + at(across, value) * (width - EDGE.left - EDGE.right);
  const y = (value: number) => TALL - EDGE.bottom - at(up, value) * (TALL - EDGE.top - EDGE.bottom);
  const mean = (of: (driver: Driver) => number) =>
    known.reduce((sum, driver) => sum + of(driver), 0) / known.length;
  const [middle, level] = [
    mean(({ feeling }) => feeling ?? 0),
    mean(({ importance }) => importance.value ?? 0),
  ];
  const points = known.map((driver) => ({
    driver,
    x: x(driver.feeling ?? 0),
    y: y(driver.importance.value ?? 0),
    first: (driver.feeling ?? 0) < middle && (driver.importance.value ?? 0) > level,
  }));
  const labels = placed(
    points.map(({ x: left, y: top, driver }) => ({ x: left, y: top, text: driver.title })),
    width,
    TALL - EDGE.bottom,
  );
  return (
    <figure ref={ref} className={classes.quadrant}>
      <figcaption>{say("web.voice.quadrant")}</figcaption>
      {width > 0 && (
        <svg width={width} height={TALL} role="img" aria-label={say("web.voice.quadrant")}>
          <rect
            x={EDGE.left}
            y={EDGE.top}
            width={Math.max(x(middle) - EDGE.left, 0)}
            height={Math.max(y(level) - EDGE.top, 0)}
            className={classes.first}
          />
          <line x1={x(middle)} x2={x(middle)} y1={EDGE.top} y2={TALL - EDGE.bottom} />
          <line x1={EDGE.left} x2={width - EDGE.right} y1={y(level)} y2={y(level)} />
          <text x={EDGE.left + 6} y={EDGE.top + 14} className={classes.corner}>
            {say("web.voice.improve_first")}
          </text>
          <text x={width - EDGE.right - 6} y={EDGE.top + 14} className={classes.corner} textAnchor="end">
            {say("web.voice.keep_up")}
          </text>
          <text x={EDGE.left} y={12} className={classes.axis}>
            {say("web.voice.importance_up")}
          </text>
          <text x={width - EDGE.right} y={TALL - 6} className={classes.axis} textAnchor="end">
            {say("web.voice.satisfaction_right")}
          </text>
          {points.map(({ driver, x: left, y: top, first }) => (
            <circle key={driver.title} cx={left} cy={top} r={4.5} data-first={first}>
              <title>
                {[driver.title, driver.importance.shown, driver.importance.interval, driver.shown_mean].join(
                  " · ",
                )}
              </title>
            </circle>
          ))}
          {labels.map((label, place) =>
            label ? (
              <text
                // biome-ignore lint/suspicious/noArrayIndexKey: labels stand in the order of their points
                key={place}
                x={label.x}
                y={label.y}
                textAnchor={label.anchor}
                className={classes.label}
                data-first={points[place]?.first}
              >
                {label.text}
              </text>
            ) : null,
          )}
        </svg>
      )}
    </figure>
  );
}
