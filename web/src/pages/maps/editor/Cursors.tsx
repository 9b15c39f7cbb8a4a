import { type RefObject, useLayoutEffect, useState } from "react";
import { Face } from "../together/Face";
import type { Spots } from "../together/sight";
import type { PersonHere } from "../together/useTogether";
import classes from "./Cursors.module.css";
import { HEADS, STAGES, STEPS, type Table } from "./places";

interface Spot {
  key: string;
  person: PersonHere;
  left: number;
  top: number;
}

const WIDTH = 22;

/** Where others are in the grid: a small disc at the corner of their card or cell. */
export function Cursors({
  people,
  table,
  scroll,
}: {
  people: PersonHere[];
  table: Table;
  scroll: RefObject<HTMLElement | null>;
}) {
  const [spots, setSpots] = useState<Spot[]>([]);
  const known = JSON.stringify(people.filter((one) => !one.you));
  useLayoutEffect(() => {
    const area = scroll.current;
    if (!area) return;
    const from = area.getBoundingClientRect();
    const taken = new Map<string, number>();
    const others = JSON.parse(known) as PersonHere[];
    setSpots(
      others.flatMap((person) =>
        person.places.flatMap((place, number) => {
          const found = partAt(area, place, table)?.getBoundingClientRect();
          if (!found) return [];
          const before = taken.get(place) ?? 0;
          taken.set(place, before + 1);
          const left = found.right - from.left + area.scrollLeft - (before + 1) * WIDTH;
          return [
            { key: `${person.id}${number}`, person, left, top: found.top - from.top + area.scrollTop - 7 },
          ];
        }),
      ),
    );
  }, [known, table, scroll]);
  return spots.map(({ key, person, left, top }) => (
    <span key={key} className={classes.cursor} style={{ transform: `translate(${left}px, ${top}px)` }}>
      <Face id={person.id} name={person.name} small />
    </span>
  ));
}

/** The part of the grid that others name so. */
function partAt(area: HTMLElement, place: string, table: Table): Element | null {
  const [part, first = "", second] = place.split("/");
  if (part === "cards") return area.querySelector(`[data-card="${CSS.escape(first)}"]`);
  const column = (key: string) => table.columns.findIndex((one) => one.step?.key === key);
  const row = table.lanes.findIndex((one) => one.key === first);
  const head = (row: number, col: number) => area.querySelector(`[data-row="${row}"][data-col="${col}"]`);
  if (part === "cells" && second)
    return area.querySelector(`[data-row="${row}"] [data-cell="${column(second)}"]`);
  if (part === "lanes") return area.querySelector(`[data-row="${row}"] [data-col="${HEADS}"]`);
  if (part === "steps") return head(STEPS, column(first));
  if (part === "stages")
    return head(
      STAGES,
      table.columns.findIndex((one) => one.stage.key === first),
    );
  return null;
}

/** Where the lanes and steps of the grid are. */
export function spotsOf(within: HTMLElement, table: Table): Spots {
  const box = (query: string) => within.querySelector(query)?.getBoundingClientRect();
  const known = (key: string | undefined, found: DOMRect | undefined): Spots["lanes"] =>
    key && found ? [[key, found]] : [];
  return {
    lanes: table.lanes.flatMap(({ key }, row) => known(key, box(`[role=row][data-row="${row}"]`))),
    steps: table.columns.flatMap(({ step }, col) =>
      known(step?.key, box(`[data-row="${STEPS}"][data-col="${col}"]`)),
    ),
  };
}
