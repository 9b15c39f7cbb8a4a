import type { Card, Lane, MapDocument, Stage, Step } from "./document";

/** The rows above the lanes. */
export const STAGES = -2;
export const STEPS = -1;
/** The column before the steps. */
export const HEADS = -1;

/** A column: a step, or the room of a stage that has none. */
export interface Column {
  stage: Stage;
  step: Step | null;
}

/** A map as a table. */
export interface Table {
  map: MapDocument;
  lanes: Lane[];
  columns: Column[];
  /** The cards that begin in a cell, by `lane/step`. */
  cells: Map<string, Card[]>;
}

/** Where one is: a cell or a head, and the card in it that is meant. */
export interface Place {
  row: number;
  col: number;
  card: string | null;
}

/** What is selected: everything between two places. */
export interface Selected {
  at: Place;
  from: { row: number; col: number };
}

export interface Box {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

export const columnsOf = (stages: Stage[], steps: Step[]): Column[] =>
  stages.flatMap((stage): Column[] => {
    const own = steps.filter((step) => step.stage === stage.key);
    return own.length ? own.map((step) => ({ stage, step })) : [{ stage, step: null }];
  });

export function table(map: MapDocument, lanes: Lane[], columns = columnsOf(map.stages, map.steps)): Table {
  const cells = new Map<string, Card[]>();
  for (const card of map.cards) {
    const key = `${card.lane}/${card.step}`;
    const there = cells.get(key);
    if (there) there.push(card);
    else cells.set(key, [card]);
  }
  return { map, lanes, columns, cells };
}

export function cardsAt(of: Table, row: number, col: number): Card[] {
  const lane = of.lanes[row];
  const step = of.columns[col]?.step;
  return (lane && step && of.cells.get(`${lane.key}/${step.key}`)) || [];
}

/** The columns of a stage: its first and its last. */
export function stretch(of: Table, col: number): [number, number] {
  const stage = of.columns[col]?.stage;
  const first = of.columns.findIndex((one) => one.stage === stage);
  return [first, of.columns.findLastIndex((one) => one.stage === stage)];
}

export function box({ at, from }: Selected): Box {
  return {
    top: Math.min(at.row, from.row),
    bottom: Math.max(at.row, from.row),
    left: Math.min(at.col, from.col),
    right: Math.max(at.col, from.col),
  };
}

export const within = (all: Box, row: number, col: number): boolean =>
  row >= all.top && row <= all.bottom && col >= all.left && col <= all.right;

/** A place as it can be: in the table, on the first column of a stage, on a card that is there. */
export function held(of: Table, place: Place): Place {
  const row = Math.max(STAGES, Math.min(place.row, of.lanes.length - 1));
  const last = of.columns.length - 1;
  let col = Math.max(row < 0 ? 0 : HEADS, Math.min(place.col, last));
  if (row === STAGES) [col] = stretch(of, col);
  const there = row >= 0 && col >= 0 ? cardsAt(of, row, col) : [];
  const card = there.some((one) => one.key === place.card) ? place.card : null;
  return { row, col, card };
}

export const only = (place: Place): Selected => ({ at: place, from: { row: place.row, col: place.col } });

export type Way = "up" | "down" | "left" | "right" | "home" | "end" | "first" | "last";

/** Where a key leads. Up and down pass the cards of a cell one by one; with `extend` whole cells are selected. */
export function moved(of: Table, selected: Selected, way: Way, extend: boolean): Selected {
  const at = step(of, selected.at, way, extend);
  if (!extend) return only(at);
  const heads = selected.from.row < 0 || selected.from.col < 0;
  // Heads are selected with heads: steps along their row, lanes along their column.
  if (heads && selected.from.row < 0 && at.row !== selected.from.row) return selected;
  if (heads && selected.from.col < 0 && at.col !== selected.from.col) return selected;
  if (!heads && (at.row < 0 || at.col < 0)) return selected;
  return { at: { ...at, card: null }, from: selected.from };
}

function step(of: Table, { row, col, card }: Place, way: Way, extend: boolean): Place {
  const last = of.columns.length - 1;
  const to = (nextRow: number, nextCol: number, fromBelow = false): Place => {
    const there = nextRow >= 0 && nextCol >= 0 ? cardsAt(of, nextRow, nextCol) : [];
    const chosen = fromBelow ? there.at(-1) : there[0];
    return held(of, { row: nextRow, col: nextCol, card: extend ? null : (chosen?.key ?? null) });
  };
  const own = cardsAt(of, row, col);
  const place = own.findIndex((one) => one.key === card);
  switch (way) {
    case "up": {
      const above = own[place - 1];
      if (!extend && place > 0 && above) return { row, col, card: above.key };
      return to(col < 0 ? Math.max(0, row - 1) : row - 1, col, true);
    }
    case "down": {
      const below = own[place + 1];
      if (!extend && place >= 0 && below) return { row, col, card: below.key };
      return row === of.lanes.length - 1 ? { row, col, card: extend ? null : card } : to(row + 1, col);
    }
    case "left":
      return row === STAGES ? to(row, stretch(of, col)[0] - 1) : to(row, col - 1);
    case "right":
      return row === STAGES ? to(row, Math.min(stretch(of, col)[1] + 1, last)) : to(row, col + 1);
    case "home":
      return to(row, 0);
    case "end":
      return to(row, last);
    case "first":
      return to(0, 0);
    case "last":
      return to(of.lanes.length - 1, last);
  }
}

/** The card that stands where one stood that is gone: the next of its cell, else the last. */
function beside(before: Table, gone: string, after: Table): string | null {
  const card = before.map.cards.find((one) => one.key === gone);
  const cell = `${card?.lane}/${card?.step}`;
  const place = before.cells.get(cell)?.findIndex((one) => one.key === gone) ?? -1;
  const left = after.cells.get(cell) ?? [];
  return (left[place] ?? left.at(-1))?.key ?? null;
}

/** What is selected once the table is another one: the same cells, wherever they are now. */
export function followed(selected: Selected, before: Table, after: Table): Selected {
  const row = (place: number) => {
    const lane = before.lanes[place];
    const now = lane ? after.lanes.findIndex((one) => one.key === lane.key) : -1;
    return place < 0 || now < 0 ? place : now;
  };
  const col = (place: number) => {
    const column = before.columns[place];
    if (!column) return place;
    const now = after.columns.findIndex((one) =>
      column.step ? one.step?.key === column.step.key : one.stage.key === column.stage.key,
    );
    return now < 0 ? place : now;
  };
  const { at, from } = selected;
  // A card takes the selection with it.
  const card = at.card !== null && after.map.cards.find((one) => one.key === at.card);
  if (card) {
    const place = {
      row: after.lanes.findIndex((one) => one.key === card.lane),
      col: after.columns.findIndex((one) => one.step?.key === card.step),
      card: card.key,
    };
    if (place.row >= 0 && place.col >= 0) return only(place);
  }
  const gone = at.card === null || card ? null : beside(before, at.card, after);
  const now = held(after, { row: row(at.row), col: col(at.col), card: gone ?? at.card });
  const begun = held(after, { row: row(from.row), col: col(from.col), card: null });
  return { at: now, from: { row: begun.row, col: begun.col } };
}
