import { expect, test } from "vitest";
import { copied, fits, grown, joined, nudged, putCards, removed, widened, wrote } from "./acts";
import { type MapDocument, whole } from "./document";
import { applied, type Edit } from "./edits";
import { HEADS, only, STAGES, STEPS, table } from "./places";

const both = (text: string) => ({ zh: text, en: text });
const MAP = whole({
  title: both("M"),
  stages: ["A", "B"].map((key) => ({ key, name: both(key) })),
  steps: [
    ["a1", "A"],
    ["a2", "A"],
    ["b1", "B"],
  ].map(([key = "", stage]) => ({ key, stage, name: both(key) })),
  lanes: [
    { key: "x", role: "thoughts", label: both("x") },
    { key: "y", role: "pains", label: both("y") },
  ],
  cards: [
    { key: "1", lane: "x", step: "a1", text: both("**one**") },
    { key: "2", lane: "x", step: "a1", text: both("two") },
  ],
});
const TABLE = table(MAP, MAP.lanes);
const at = (row: number, col: number, card: string | null = null) => only({ row, col, card });
const after = (edit: Edit | null): MapDocument => (edit ? applied(MAP, edit) : MAP);
const steps = (map: MapDocument) => map.steps.map((step) => `${step.stage}.${step.key}`).join(" ");
const cards = (map: MapDocument) =>
  map.cards.map((card) => `${card.key}:${card.lane}/${card.step}`).join(" ");

test("what is written makes a card of the lane's kind, changes one, or takes an emptied one away", () => {
  expect(after(wrote(TABLE, { row: 1, col: 2, card: null }, "en", "slow", "n")).cards.at(-1)).toEqual({
    key: "n",
    lane: "y",
    step: "b1",
    kind: "pain",
    text: both("slow"),
  });
  expect(after(wrote(TABLE, { row: 0, col: 0, card: "2" }, "en", "second", "n")).cards[1]?.text?.en).toBe(
    "second",
  );
  expect(cards(after(wrote(TABLE, { row: 0, col: 0, card: "2" }, "en", " ", "n")))).toBe("1:x/a1");
  expect(wrote(TABLE, { row: 0, col: 0, card: "2" }, "en", "two", "n")).toBeNull();
  expect(after(wrote(TABLE, { row: STEPS, col: 1, card: null }, "zh", "付款", "n")).steps[1]?.name.zh).toBe(
    "付款",
  );
  expect(after(wrote(TABLE, { row: 1, col: HEADS, card: null }, "en", "Hurts", "n")).lanes[1]?.label.en).toBe(
    "Hurts",
  );
});

test("alt and an arrow move a card within its cell first, then to the next", () => {
  expect(cards(after(nudged(TABLE, at(0, 0, "1"), 0, 1)))).toBe("2:x/a1 1:x/a1");
  expect(cards(after(nudged(TABLE, at(0, 0, "2"), 0, 1)))).toBe("1:x/a1 2:y/a1");
  expect(cards(after(nudged(TABLE, at(0, 0, "2"), 1, 0)))).toBe("1:x/a1 2:x/a2");
  expect(nudged(TABLE, at(0, 0, "1"), -1, 0)).toBeNull();
});

test("steps go over the border of their stage, and on", () => {
  const over = after(nudged(TABLE, at(STEPS, 1), 1, 0));
  expect(steps(over)).toBe("A.a1 B.a2 B.b1");
  const now = table(over, over.lanes);
  expect(steps(applied(over, nudged(now, at(STEPS, 1), 1, 0) ?? { edit: "" }))).toBe("A.a1 B.b1 B.a2");
  expect(steps(after(nudged(TABLE, at(STEPS, 1), -1, 0)))).toBe("A.a2 A.a1 B.b1");
  expect(steps(after(nudged(TABLE, at(STEPS, 2), -1, 0)))).toBe("A.a1 A.a2 A.b1");
  expect(nudged(TABLE, at(STEPS, 0), -1, 0)).toBeNull();
});

test("stages and lanes move too", () => {
  expect(steps(after(nudged(TABLE, at(STAGES, 2), -1, 0)))).toBe("B.b1 A.a1 A.a2");
  expect(after(nudged(TABLE, at(0, HEADS), 0, 1)).lanes.map((lane) => lane.key)).toEqual(["y", "x"]);
  expect(nudged(TABLE, at(1, HEADS), 0, 1)).toBeNull();
});

test("delete takes what is selected, and never the last stage", () => {
  expect(cards(after(removed(TABLE, { at: { row: 1, col: 2, card: null }, from: { row: 0, col: 0 } })))).toBe(
    "",
  );
  expect(
    steps(after(removed(TABLE, { at: { row: STEPS, col: 1, card: null }, from: { row: STEPS, col: 0 } }))),
  ).toBe("B.b1");
  expect(
    removed(TABLE, { at: { row: STAGES, col: 2, card: null }, from: { row: STAGES, col: 0 } }),
  ).toBeNull();
});

test("a card is made longer up to the last step, and shorter down to one", () => {
  const [card] = MAP.cards;
  if (!card) throw new Error();
  expect(after(widened(TABLE, card, 2)).cards[0]?.until).toBe("b1");
  expect(widened(TABLE, card, 3)).toBeNull();
  expect(widened(TABLE, card, -1)).toBeNull();
});

test("cells are copied as texts without marks and as cards, which are put elsewhere", () => {
  const found = copied(TABLE, { at: { row: 1, col: 1, card: null }, from: { row: 0, col: 0 } }, "en");
  expect(found.texts).toEqual([
    ["one\ntwo", ""],
    ["", ""],
  ]);
  const put = after(putCards(TABLE, { row: 1, col: 2, card: null }, found.cards));
  expect(put.cards.slice(2).map((card) => [card.lane, card.step, card.text?.en])).toEqual([
    ["y", "b1", "**one**"],
    ["y", "b1", "two"],
  ]);
});

test("a table that is too large says what it lacks, and grows the map where that is wanted", () => {
  const wide = [
    ["a", "b", "c"],
    ["d", "", ""],
    ["e", "", "f"],
  ];
  const place = { row: 0, col: 1, card: null };
  const found = fits(TABLE, place, wide);
  expect([found.steps, found.lanes, found.over]).toEqual([1, 1, 3]);
  expect(
    after(found.edit)
      .cards.slice(2)
      .map((card) => card.text?.en),
  ).toEqual(["a", "b", "d"]);
  const more = after(grown(TABLE, place, wide, (part, number) => both(`${part} ${number}`)));
  expect([more.steps.length, more.lanes.length, more.cards.length]).toEqual([4, 3, 2 + 6]);
  expect(more.cards.at(-1)).toMatchObject({ step: more.steps.at(-1)?.key, lane: more.lanes.at(-1)?.key });
});

test("two cards are linked once, and none with itself", () => {
  const linked = after(joined(MAP, "1", "2"));
  expect(linked.links.map(({ source, target }) => `${source}→${target}`)).toEqual(["1→2"]);
  expect(joined(linked, "1", "2")).toBeNull();
  expect(joined(linked, "2", "1")).not.toBeNull();
  expect(joined(MAP, "1", "1")).toBeNull();
});
