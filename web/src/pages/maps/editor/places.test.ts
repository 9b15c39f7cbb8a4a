import { expect, test } from "vitest";
import { whole } from "./document";
import { applied, remove } from "./edits";
import {
  box,
  followed,
  HEADS,
  held,
  moved,
  only,
  type Selected,
  STAGES,
  STEPS,
  stretch,
  table,
  type Way,
} from "./places";

const both = (text: string) => ({ zh: text, en: text });
const MAP = whole({
  stages: ["A", "B", "C"].map((key) => ({ key, name: both(key) })),
  steps: [
    ["a1", "A"],
    ["a2", "A"],
    ["c1", "C"],
  ].map(([key = "", stage]) => ({ key, stage, name: both(key) })),
  lanes: ["x", "y", "z"].map((key) => ({ key, role: "custom", label: both(key) })),
  cards: [
    { key: "1", lane: "y", step: "a1" },
    { key: "2", lane: "y", step: "a1" },
    { key: "3", lane: "z", step: "a1" },
  ],
});
const TABLE = table(MAP, MAP.lanes);

function walk(from: Selected, ways: Way[], extend = false): Selected {
  return ways.reduce((at, way) => moved(TABLE, at, way, extend), from);
}
const START = only({ row: 0, col: 0, card: null });

test("a stage without steps has a column to itself", () => {
  expect(TABLE.columns.map((one) => one.step?.key ?? `(${one.stage.key})`)).toEqual([
    "a1",
    "a2",
    "(B)",
    "c1",
  ]);
  expect(stretch(TABLE, 1)).toEqual([0, 1]);
});

test("down and up pass the cards of a cell one by one", () => {
  const seen = ["down", "down", "down", "down"].map((_, n) => walk(START, Array(n + 1).fill("down")).at.card);
  expect(seen).toEqual(["1", "2", "3", "3"]);
  expect(walk(START, ["down", "down", "down", "up"]).at).toEqual({ row: 1, col: 0, card: "2" });
});

test("above the lanes are steps and stages, before the steps the lanes' heads", () => {
  expect(walk(START, ["up"]).at.row).toBe(STEPS);
  expect(walk(START, ["right", "up", "up"]).at).toEqual({ row: STAGES, col: 0, card: null });
  expect(walk(START, ["up", "up", "right"]).at.col).toBe(2);
  expect(walk(START, ["up", "up", "right", "right", "left"]).at.col).toBe(2);
  expect(walk(START, ["left", "left"]).at).toEqual({ row: 0, col: HEADS, card: null });
  expect(walk(START, ["left", "up"]).at.row).toBe(0);
});

test("home, end and the corners", () => {
  expect(walk(START, ["end"]).at.col).toBe(3);
  expect(walk(START, ["last"]).at).toEqual({ row: 2, col: 3, card: null });
  expect(walk(START, ["last", "first"]).at).toEqual({ row: 0, col: 0, card: null });
});

test("shift selects a rectangle of cells, and heads only along themselves", () => {
  const some = walk(walk(START, ["right"]), ["right", "down", "up", "up", "left", "left"], true);
  expect(box(some)).toEqual({ top: 0, bottom: 0, left: 0, right: 1 });
  const steps = walk(walk(START, ["up"]), ["right", "down"], true);
  expect(box(steps)).toEqual({ top: STEPS, bottom: STEPS, left: 0, right: 1 });
});

test("the selection follows what was selected when the table changes", () => {
  const at = only(held(TABLE, { row: 2, col: 3, card: null }));
  const without = applied(applied(MAP, remove("steps", ["a1"])), remove("lanes", ["x"]));
  const now = table(without, without.lanes);
  expect(followed(at, TABLE, now).at).toEqual({ row: 1, col: 2, card: null });
  expect(followed(only({ row: 1, col: 0, card: "1" }), TABLE, now).at).toEqual({
    row: 0,
    col: 0,
    card: null,
  });
  // Of a card that is removed the next in its cell takes the place, else the last, else the cell.
  const left = [["1"], ["2"], ["1", "2"]].map((gone) => {
    const fewer = applied(MAP, remove("cards", gone));
    const was = only({ row: 1, col: 0, card: gone[0] ?? null });
    return followed(was, TABLE, table(fewer, MAP.lanes)).at.card;
  });
  expect(left).toEqual(["2", "1", null]);
  const moved = {
    ...MAP,
    cards: MAP.cards.map((one) => (one.key === "1" ? { ...one, lane: "z", step: "c1" } : one)),
  };
  expect(followed(only({ row: 1, col: 0, card: "1" }), TABLE, table(moved, MAP.lanes)).at).toEqual({
    row: 2,
    col: 3,
    card: "1",
  });
});
