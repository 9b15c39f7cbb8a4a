import type { PointerEvent as ReactPointerEvent } from "react";
import { chosenCards, chosenSteps } from "./acts";
import type { Card } from "./document";
import { COL, drag, Ground, type Hit, type Spot, touched } from "./drag";
import { change, type Edit, movedCard, several } from "./edits";
import { dragLink } from "./joining";
import {
  box,
  cardsAt,
  only,
  type Place,
  type Selected,
  STAGES,
  STEPS,
  stretch,
  type Table,
  within,
} from "./places";

export interface Hands {
  table: () => Table;
  selected: () => Selected;
  select: (selected: Selected) => void;
  /** Make an edit of these lanes, unless one is locked. */
  edit: (edit: Edit | null, lanes: number[]) => void;
  /** Open the menu of what is selected at a point of the window. */
  menu: (x: number, y: number) => void;
  /** Whether a touch selects what lies between as well, as Shift does for who has keys. */
  extends: () => boolean;
  fold: (row: number) => void;
  addStep: (col: number) => void;
  locked: (card: string) => boolean;
  /** Write in what is selected. */
  write: () => void;
  /** Join two cards by a link. */
  join: (source: string, target: string) => void;
}

/** Something that was pressed, by a pointer or by a finger that holds on to it. */
export interface Press {
  event: PointerEvent;
  scroll: HTMLElement;
  hands: Hands;
  /** What to do where a finger lets go without having moved. */
  held?: () => void;
}

const LINE = 3;
const EDGES = "[data-grip], [data-link]";

/** What the pointer does in the grid: it selects, opens menus, and drags what can be dragged. */
export function pressed(event: ReactPointerEvent<HTMLElement>, scroll: HTMLElement, hands: Hands): void {
  const target = event.target as HTMLElement;
  if (event.button !== 0 || target.closest("textarea, a, [data-pen], [data-dots]")) return;
  const row = Number(target.closest<HTMLElement>("[data-row]")?.dataset.row ?? Number.NaN);
  if (Number.isNaN(row)) return;
  event.preventDefault(); // the keys stay where they are
  const native = event.nativeEvent;
  const press = { event: native, scroll, hands };
  if (event.pointerType !== "touch" || target.closest(EDGES)) {
    const on = chosen(press, target, row);
    if (on) dragFrom(press, target, row, on.place);
    return;
  }
  touched(
    native,
    () => chosen(press, target, row, hands.extends())?.again && hands.write(),
    () => {
      const on = chosen(press, target, row);
      const held = () => hands.menu(native.clientX, native.clientY);
      if (on) dragFrom({ ...press, held }, target, row, on.place);
    },
  );
}

/** Select what was pressed, or do what its button says. The place, where it can be dragged on from. */
function chosen({ event, scroll, hands }: Press, target: HTMLElement, row: number, further = event.shiftKey) {
  const head = target.closest<HTMLElement>("[data-row][data-col]");
  if (target.closest("[data-fold]")) {
    hands.fold(row);
    return null;
  }
  if (target.closest("[data-add]") && head) {
    hands.addStep(Number(head.dataset.col));
    return null;
  }
  const place = placeAt({ target, clientX: event.clientX, clientY: event.clientY }, scroll, hands.table());
  if (!place) return null;
  const before = hands.selected();
  const kept = box(before);
  const among = within(kept, place.row, place.col) && (kept.top !== kept.bottom || kept.left !== kept.right);
  if (further && !target.closest("[data-menu]")) {
    hands.select({ at: { ...place, card: null }, from: before.from });
    return null;
  }
  if (target.closest("[data-menu]")) {
    if (!among) hands.select(only(place));
    const { left, bottom } = target.getBoundingClientRect();
    hands.menu(left, bottom);
    return null;
  }
  const { at } = before;
  if (!among) hands.select(only(place));
  return { place, again: at.row === place.row && at.col === place.col && at.card === place.card };
}

function dragFrom(press: Press, target: HTMLElement, row: number, place: Place) {
  const { hands } = press;
  const click = () => hands.select(only(place));
  const head = target.closest<HTMLElement>("[data-row][data-col]");
  const lane = target.closest<HTMLElement>("[data-lane]");
  const card = target.closest<HTMLElement>("[data-card]");
  if (card) {
    const key = card.dataset.card ?? "";
    if (target.closest("[data-link]")) dragLink(press, card, key);
    else if (hands.locked(key)) return;
    else if (target.closest("[data-grip]")) resize(press, card, key);
    else dragCards(press, card, key, click);
  } else if (lane) dragLane(press, lane, row);
  else if (head && row === STEPS) dragSteps(press, head, place.col, click);
  else if (head && row === STAGES) dragStage(press, head, place.col);
  else extend(press);
}

interface Pressed {
  card: HTMLElement | null;
  lane: HTMLElement | null;
  head: HTMLElement | null;
  row: number;
  hit: Hit;
}

/** The place that was pressed. */
function placeOf(of: Table, { card, lane, head, row, hit }: Pressed) {
  if (lane) return { row, col: -1, card: null };
  if (head) return { row, col: Number(head.dataset.col), card: null };
  const found = card && of.map.cards.find((one) => one.key === card.dataset.card);
  if (found) {
    return { row, col: of.columns.findIndex((one) => one.step?.key === found.step), card: found.key };
  }
  return { row, col: Math.max(0, Math.min(hit.col, of.columns.length - 1)), card: null };
}

/** The place again where a menu is opened with the other button. */
export function placeAt(
  event: { target: EventTarget; clientX: number; clientY: number },
  scroll: HTMLElement,
  of: Table,
) {
  const target = event.target as HTMLElement;
  const row = Number(target.closest<HTMLElement>("[data-row]")?.dataset.row ?? Number.NaN);
  if (Number.isNaN(row)) return null;
  return placeOf(of, {
    card: target.closest<HTMLElement>("[data-card]"),
    lane: target.closest<HTMLElement>("[data-lane]"),
    head: target.closest<HTMLElement>("[data-row][data-col]"),
    row,
    hit: new Ground(scroll).at(event.clientX, event.clientY),
  });
}

const cellSpot = (ground: Ground, row: number, col: number): Spot => {
  const found = ground.rows.find((one) => one.row === row);
  return { left: ground.first + col * COL, top: found?.top ?? 0, width: COL, height: found?.height ?? 0 };
};

function dragCards(
  { event, scroll, hands, held }: Press,
  shown: HTMLElement,
  key: string,
  click: () => void,
) {
  const of = hands.table();
  const some = chosenCards(of, hands.selected());
  const card = of.map.cards.find((one) => one.key === key);
  if (!card) return;
  const cards = some.length > 1 && some.includes(card) ? some : [card];
  // The cards of the cell under the pointer are measured when it comes in.
  let last = "";
  let there: { key: string; middle: number; top: number; bottom: number }[] = [];
  drag<{ row: number; col: number; behind: string | null }>(
    event,
    scroll,
    {
      shown,
      click,
      over: ({ row, col, y }, ground) => {
        const step = of.columns[col]?.step;
        const lane = of.lanes[row];
        if (!step || !lane || lane.locked) return null;
        if (last !== `${row}/${col}`) {
          last = `${row}/${col}`;
          there = cardsAt(of, row, col)
            .filter((one) => !cards.includes(one) && !one.until)
            .flatMap((one) => {
              const found = scroll.querySelector(`[data-card="${CSS.escape(one.key)}"]`);
              if (!found) return [];
              const { top, height } = ground.spot(found);
              return [{ key: one.key, middle: top + height / 2, top, bottom: top + height }];
            });
        }
        const above = there.findLast((one) => y > one.middle);
        const spot = cellSpot(ground, row, col);
        const line = above ? above.bottom + 2 : (there[0]?.top ?? spot.top + 6) - 5;
        return {
          drop: { row, col, behind: above?.key ?? null },
          spot: { left: spot.left + 6, top: line, width: COL - 12, height: LINE },
        };
      },
      drop: ({ row, col, behind }) => {
        const lane = of.lanes[row];
        const step = of.columns[col]?.step;
        if (!lane || !step) return;
        const rows = (one: Card) => of.lanes.findIndex((other) => other.key === one.lane);
        const cols = (one: Card) => of.columns.findIndex((other) => other.step?.key === one.step);
        const edits = cards.flatMap((one) => {
          if (one === card) return movedCard(of.map, one, lane.key, step.key, behind) ?? [];
          const into = of.lanes[rows(one) + row - rows(card)];
          const at = of.columns[cols(one) + col - cols(card)]?.step;
          const end =
            into &&
            at &&
            cardsAt(
              of,
              of.lanes.indexOf(into),
              of.columns.findIndex((c) => c.step === at),
            ).at(-1);
          return into && at ? (movedCard(of.map, one, into.key, at.key, end?.key ?? null) ?? []) : [];
        });
        hands.edit(edits.length ? several(edits) : null, [row, ...cards.map(rows)]);
      },
    },
    held,
  );
}

function resize({ event, scroll, hands, held }: Press, shown: HTMLElement, key: string) {
  const of = hands.table();
  const card = of.map.cards.find((one) => one.key === key);
  const from = of.columns.findIndex((one) => one.step?.key === card?.step);
  const row = of.lanes.findIndex((one) => one.key === card?.lane);
  if (!card || from < 0) return;
  drag<number>(
    event,
    scroll,
    {
      shown: null,
      framed: true,
      over: ({ col }, ground) => {
        const to = Math.max(from, Math.min(col, of.columns.length - 1));
        if (!of.columns[to]?.step) return null;
        const { left } = cellSpot(ground, row, from);
        const { top, height } = ground.spot(shown);
        return { drop: to, spot: { left: left + 5, top, width: (to - from + 1) * COL - 12, height } };
      },
      drop: (to) => {
        const until = to === from ? null : (of.columns[to]?.step?.key ?? null);
        if ((card.until ?? null) !== until) hands.edit(change("cards", key, { until }), [row]);
      },
    },
    held,
  );
}

function dragSteps(
  { event, scroll, hands, held }: Press,
  shown: HTMLElement,
  from: number,
  click: () => void,
) {
  const of = hands.table();
  const own = of.columns[from]?.step;
  if (!own) return;
  const some = chosenSteps(of, hands.selected());
  const steps = some.includes(own.key) ? some : [own.key];
  drag<{ stage: string; behind: string | null }>(
    event,
    scroll,
    {
      shown,
      click,
      over: ({ col, part }, ground) => {
        const at = Math.max(0, Math.min(col, of.columns.length - 1));
        const column = of.columns[at];
        if (!column) return null;
        const after = column.step !== null && part > 0.5;
        const stays = of.columns
          .slice(0, at + (after ? 1 : 0))
          .filter((one) => one.stage === column.stage && one.step && !steps.includes(one.step.key));
        const spot = cellSpot(ground, STEPS, at + (after ? 1 : 0));
        const last = ground.rows.at(-1);
        const height = (last ? last.top + last.height : 0) - spot.top;
        return {
          drop: { stage: column.stage.key, behind: stays.at(-1)?.step?.key ?? null },
          spot: { left: spot.left - 1, top: spot.top, width: LINE, height },
        };
      },
      drop: ({ stage, behind }) => {
        const moved: Edit = { edit: "move_steps", steps, stage, behind };
        hands.edit(moved, []);
      },
    },
    held,
  );
}

function dragStage({ event, scroll, hands, held }: Press, shown: HTMLElement, from: number) {
  const of = hands.table();
  const own = of.columns[from]?.stage;
  if (!own) return;
  drag<string | null>(
    event,
    scroll,
    {
      shown,
      over: ({ col }, ground) => {
        const at = Math.max(0, Math.min(col, of.columns.length - 1));
        const [first, last] = stretch(of, at);
        const after = at + 0.5 > (first + last + 1) / 2;
        const place =
          of.map.stages.findIndex((one) => one.key === of.columns[at]?.stage.key) + (after ? 1 : 0);
        const before = of.map.stages.slice(0, place).filter((one) => one !== own);
        const spot = cellSpot(ground, STAGES, after ? last + 1 : first);
        const end = ground.rows.at(-1);
        const height = (end ? end.top + end.height : 0) - spot.top;
        return {
          drop: before.at(-1)?.key ?? null,
          spot: { left: spot.left - 1, top: spot.top, width: LINE, height },
        };
      },
      drop: (behind) => hands.edit({ edit: "move_stage", stage: own.key, behind }, []),
    },
    held,
  );
}

function dragLane({ event, scroll, hands, held }: Press, shown: HTMLElement, from: number) {
  const of = hands.table();
  const own = of.lanes[from];
  if (!own) return;
  drag<string | null>(
    event,
    scroll,
    {
      shown,
      over: ({ row, low }, ground) => {
        const spot = cellSpot(ground, row, 0);
        const next = of.lanes[row];
        if (!next) return null;
        const order = of.map.lanes.filter((one) => one !== own).map((one) => one.key);
        const place = order.indexOf(next.key);
        const behind = low ? next.key : (order[place - 1] ?? null);
        return {
          drop: next === own ? (order[of.map.lanes.indexOf(own) - 1] ?? null) : behind,
          spot: {
            left: scroll.scrollLeft,
            top: spot.top + (low ? spot.height : 0) - 1,
            width: scroll.clientWidth,
            height: LINE,
          },
        };
      },
      drop: (behind) => hands.edit({ edit: "move", part: "lanes", key: own.key, behind }, []),
    },
    held,
  );
}

/** Select a rectangle of cells. */
function extend({ event, scroll, hands, held }: Press) {
  const { from } = hands.selected();
  let last = `${from.row}/${from.col}`;
  drag<null>(
    event,
    scroll,
    {
      shown: null,
      over: ({ row, col }) => {
        const at = { row, col: Math.max(0, Math.min(col, hands.table().columns.length - 1)), card: null };
        if (last !== `${at.row}/${at.col}`) hands.select({ at, from });
        last = `${at.row}/${at.col}`;
        return null;
      },
      drop: () => undefined,
    },
    held,
  );
}
