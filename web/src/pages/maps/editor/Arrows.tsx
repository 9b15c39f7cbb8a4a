import { type RefObject, useLayoutEffect, useState } from "react";
import { useSay } from "@/words/say";
import classes from "./Arrows.module.css";
import type { Link } from "./document";
import { Ground, type Spot } from "./drag";
import type { Bench } from "./useBench";

/** What a line of its text needs. */
const ROOM = 12;

interface Arrow {
  link: Link;
  /** Whether it leads away from the card that is selected. */
  out: boolean;
  path: string;
  /** Where the link is told: above the other card, or below it where the heads would hide that. */
  label: { x: number; y: number };
}

/** What leads to the card that is selected, and what it leads to. The list of both is in its details. */
export function Arrows({ bench, scroll }: { bench: Bench; scroll: RefObject<HTMLElement | null> }) {
  const say = useSay();
  const { map, table, selected } = bench;
  const key = selected.at.card;
  const [arrows, setArrows] = useState<Arrow[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: where cards lie depends on the lanes that are shown
  useLayoutEffect(() => {
    const links = key === null ? [] : map.links.filter((one) => one.source === key || one.target === key);
    const area = scroll.current;
    const sheet = area?.querySelector("[data-sheet]");
    if (!area || !sheet || links.length === 0) return setArrows((before) => (before.length ? [] : before));
    const measure = () => {
      const ground = new Ground(area);
      const spot = (card: string) => {
        const found = area.querySelector(`[data-card="${CSS.escape(card)}"]`);
        return found && ground.spot(found);
      };
      setArrows(
        links.flatMap((link) => {
          const [from, to] = [spot(link.source), spot(link.target)];
          if (!from || !to) return [];
          const out = link.source === key;
          const other = out ? to : from;
          const hidden = other.top - ROOM < (ground.rows.find((one) => one.row === 0)?.top ?? 0);
          const label = { x: other.left + 6, y: hidden ? other.top + other.height + ROOM : other.top - 1 };
          return [{ link, out, path: curve(from, to), label }];
        }),
      );
    };
    measure();
    // Rows grow when pictures arrive or lanes unfold.
    const watched = new ResizeObserver(measure);
    watched.observe(sheet);
    return () => watched.disconnect();
  }, [map.links, map.cards, table, key, scroll]);
  if (arrows.length === 0) return null;
  return (
    <svg className={classes.arrows} aria-hidden="true">
      <defs>
        {(["out", "into"] as const).map((way) => (
          <marker
            key={way}
            id={`arrow-${way}`}
            className={classes[way]}
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="7"
            markerHeight="7"
            orient="auto"
          >
            <path d="M0 0 8 4 0 8z" />
          </marker>
        ))}
      </defs>
      {arrows.map(({ link, out, path, label }) => (
        <g key={link.key} className={out ? classes.out : classes.into} data-arrow={link.key}>
          <path d={path} markerEnd={`url(#arrow-${out ? "out" : "into"})`} />
          <text {...label}>
            {[say.known(`web.maps.links.${link.kind ?? "triggers"}`, link.kind ?? ""), link.sla]
              .filter(Boolean)
              .join(" · ")}
          </text>
        </g>
      ))}
    </svg>
  );
}

const GUTTER = 8;
const BESIDE = 40;

/** From the side of a card that looks towards another to the side of that one, past what lies between in a column. */
export function curve(from: Spot, to: Spot): string {
  const middle = (spot: Spot) => ({ x: spot.left + spot.width / 2, y: spot.top + spot.height / 2 });
  const [a, b] = [middle(from), middle(to)];
  if (Math.max(to.left - from.left - from.width, from.left - to.left - to.width) > 0) {
    const way = b.x > a.x ? 1 : -1;
    const [x1, x2] = [a.x + (way * from.width) / 2, b.x - (way * to.width) / 2];
    const bend = way * Math.max(18, Math.abs(x2 - x1) / 2);
    return `M${x1} ${a.y}C${x1 + bend} ${a.y} ${x2 - bend} ${b.y} ${x2} ${b.y}`;
  }
  const way = b.y > a.y ? 1 : -1;
  const [y1, y2] = [a.y + (way * from.height) / 2, b.y - (way * to.height) / 2];
  if (way * (y2 - y1) < BESIDE) return `M${a.x} ${y1}L${b.x} ${y2}`;
  const left = Math.min(from.left, to.left) - GUTTER;
  const turn = way * GUTTER;
  return `M${from.left} ${a.y}Q${left} ${a.y} ${left} ${a.y + turn}V${b.y - turn}Q${left} ${b.y} ${to.left} ${b.y}`;
}
