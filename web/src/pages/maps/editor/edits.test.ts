import { expect, test } from "vitest";
import { type MapDocument, rewritten, untranslated, whole } from "./document";
import { applied, change, type Edit, movedCard, newStage, newStep, put, remove, several } from "./edits";

const both = (text: string) => ({ zh: text, en: text });

const MAP: MapDocument = whole({
  id: "m",
  title: both("M"),
  stages: ["A", "B"].map((key) => ({ key, name: both(key) })),
  steps: [
    ["a1", "A"],
    ["a2", "A"],
    ["b1", "B"],
  ].map(([key = "", stage]) => ({ key, stage, name: both(key) })),
  lanes: ["x", "y"].map((key) => ({ key, role: "custom", label: both(key) })),
  cards: [
    { key: "c1", lane: "x", step: "a1", text: both("one") },
    { key: "c2", lane: "x", step: "a1", until: "b1", text: both("long") },
    { key: "c3", lane: "y", step: "b1", text: both("three") },
  ],
  links: [{ key: "l", source: "c1", target: "c3" }],
});

const steps = (map: MapDocument) => map.steps.map((step) => `${step.stage}.${step.key}`);
const made = (map: MapDocument, edit: Edit | null) => (edit ? applied(map, edit) : map);
const step = (key: string, stage: string) => ({ key, stage, name: both(key) });

test("steps come before and behind others, first in a stage too", () => {
  const [a1, , b1] = MAP.steps;
  if (!a1 || !b1) throw new Error();
  expect(steps(made(MAP, newStep(MAP, a1, false, step("n", "A"))))).toEqual(["A.a1", "A.n", "A.a2", "B.b1"]);
  expect(steps(made(MAP, newStep(MAP, b1, true, step("n", "B"))))).toEqual(["A.a1", "A.a2", "B.n", "B.b1"]);
});

test("a stage comes with a step, before the first too", () => {
  const [first] = MAP.stages;
  if (!first) throw new Error();
  const edit = newStage(MAP, first, true, { key: "N", name: both("N") }, step("n", "N"));
  const after = made(MAP, edit);
  expect(after.stages.map((one) => one.key)).toEqual(["N", "A", "B"]);
  expect(steps(after)).toEqual(["N.n", "A.a1", "A.a2", "B.b1"]);
});

test("a step that goes takes its cards, their links, and shortens what stood over others", () => {
  const after = made(MAP, remove("steps", ["a1"]));
  expect(after.cards.map((card) => [card.key, card.step, card.until])).toEqual([
    ["c2", "a2", "b1"],
    ["c3", "b1", undefined],
  ]);
  expect(after.links).toEqual([]);
  expect(made(MAP, remove("stages", ["B"])).cards.map((card) => card.until)).toEqual([undefined, "a2"]);
});

test("a card goes to another cell with its length, and to its place among the cards there", () => {
  const [one, long] = MAP.cards;
  if (!one || !long) throw new Error();
  const moved = made(MAP, movedCard(MAP, long, "y", "a2", null)).cards.find((card) => card.key === "c2");
  expect(moved).toMatchObject({ lane: "y", step: "a2", until: "b1" });
  const last = made(MAP, movedCard(MAP, one, "y", "b1", "c3"));
  expect(last.cards.map((card) => card.key)).toEqual(["c2", "c3", "c1"]);
  const first = made(MAP, movedCard(MAP, one, "y", "b1", null));
  expect(first.cards.map((card) => card.key)).toEqual(["c2", "c1", "c3"]);
  expect(movedCard(MAP, one, "x", "a1", null)).toBeNull();
});

test("several edits are made in order; null takes back what was said", () => {
  const after = made(
    MAP,
    several([
      put("cards", [{ key: "n", lane: "x", step: "a2" }]),
      change("cards", "n", { owner: "Tills" }),
      change("cards", "c2", { until: null }),
    ]),
  );
  expect(after.cards.find((card) => card.key === "n")).toEqual({
    key: "n",
    lane: "x",
    step: "a2",
    owner: "Tills",
  });
  expect(after.cards.find((card) => card.key === "c2")).not.toHaveProperty("until");
});

test("a pasted table fills cells: one card takes the text, otherwise one is added", () => {
  const after = made(MAP, {
    edit: "paste",
    lane: "x",
    step: "a1",
    table: [
      ["new", ""],
      ["", "fresh"],
    ],
  });
  const said = (lane: string, at: string) =>
    after.cards.filter((card) => card.lane === lane && card.step === at).map((card) => card.text?.en);
  expect(said("x", "a1")).toEqual(["new", "long"]);
  expect(said("y", "a2")).toEqual(["fresh"]);
});

test("what is written in one language keeps the other", () => {
  expect(rewritten({ zh: "付款", en: "Pay" }, "en", "Pay now ")).toEqual({ zh: "付款", en: "Pay now" });
  expect(rewritten(both("Pay"), "en", "Buy")).toEqual(both("Buy"));
  expect(rewritten({ zh: "付款", en: "Pay" }, "en", " ")).toBeNull();
  expect([untranslated(both("付款")), untranslated(both("Pay")), untranslated(both("24/7"))]).toEqual([
    "en",
    "zh",
    null,
  ]);
});
