import { useSay } from "@/words/say";
import classes from "./Programmes.module.css";
import type { ProjectWeighed } from "./useProgrammes";

const WIDE = 520;
const HIGH = 260;
const EDGE = 14;

/** Importance upwards, performance to the right, parted at their means; the table below has the same in words. */
export function Quadrants({ items }: { items: ProjectWeighed[] }) {
  const say = useSay();
  const mean = (some: number[]) => some.reduce((sum, one) => sum + one, 0) / some.length;
  const across = span(items.map((one) => one.performance));
  const up = span(items.map((one) => one.importance));
  const x = (value: number) => EDGE + ((value - across[0]) / (across[1] - across[0])) * (WIDE - 2 * EDGE);
  const y = (value: number) => HIGH - EDGE - ((value - up[0]) / (up[1] - up[0])) * (HIGH - 2 * EDGE);
  const middle = [
    x(mean(items.map((one) => one.performance))),
    y(mean(items.map((one) => one.importance))),
  ] as const;
  const named = labelled(items, x, y);
  return (
    <svg
      className={classes.quadrants}
      viewBox={`0 0 ${WIDE} ${HIGH}`}
      role="img"
      aria-label={say("web.maps.programmes.weighed")}
    >
      <rect x={0} y={0} width={middle[0]} height={middle[1]} className={classes.focused} />
      <path d={`M${middle[0]} 0V${HIGH}M0 ${middle[1]}H${WIDE}`} className={classes.parts} />
      <text x={8} y={16}>
        {say("web.maps.programmes.quadrants.focus")}
      </text>
      <text x={WIDE - 8} y={16} textAnchor="end">
        {say("web.maps.programmes.quadrants.keep")}
      </text>
      <text x={8} y={HIGH - 8}>
        {say("web.maps.programmes.quadrants.low")}
      </text>
      <text x={WIDE - 8} y={HIGH - 8} textAnchor="end">
        {say("web.maps.programmes.quadrants.enough")}
      </text>
      {items.map((one) => {
        const right = atRight(x(one.performance));
        return (
          <g key={`${one.step}/${one.scale}`}>
            <title>{`${one.name} · ${one.scale}: ${one.importance_shown}, ${one.performance_shown}, n ${one.n}`}</title>
            <circle
              cx={x(one.performance)}
              cy={y(one.importance)}
              r={4.5}
              data-focus={one.quadrant === "focus"}
            />
            {named.has(one) && (
              <text
                className={classes.point}
                x={x(one.performance) + (right ? -8 : 8)}
                y={y(one.importance) + 4}
                textAnchor={right ? "end" : "start"}
              >
                {one.name}
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
}

const atRight = (place: number) => place > WIDE * 0.72;

/** Those whose names fit without covering another's, what matters most first; the rest say theirs when pointed at. */
function labelled(
  items: ProjectWeighed[],
  x: (value: number) => number,
  y: (value: number) => number,
): Set<ProjectWeighed> {
  const taken: { left: number; right: number; y: number }[] = [];
  const order = [...items].sort((a, b) => b.importance - a.importance);
  return new Set(
    order.filter((one) => {
      const [place, level] = [x(one.performance), y(one.importance)];
      const wide = [...one.name].reduce((sum, letter) => sum + (letter > "⺀" ? 11 : 6.5), 14);
      const box = atRight(place)
        ? { left: place - wide, right: place + 6, y: level }
        : { left: place - 6, right: place + wide, y: level };
      const free = taken.every(
        (other) => Math.abs(other.y - box.y) > 13 || other.left > box.right || other.right < box.left,
      );
      if (free) taken.push(box);
      return free;
    }),
  );
}

/** From the least to the most, with some room, and never nothing. */
function span(values: number[]): [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = (high - low || 1) * 0.12;
  return [low - room, high + room];
}
