import { expect, test } from "vitest";
import { lastDots, ranked } from "./results";

const tally = [
  { card: "a", dots: 4, voters: 2 },
  { card: "b", dots: 2, voters: 2 },
  { card: "c", dots: 2, voters: 1 },
  { card: "d", dots: 1, voters: 1 },
];

test("cards with as many dots share a rank, and the next one counts on", () => {
  expect(ranked(tally).map((one) => [one.card, one.rank, one.share])).toEqual([
    ["a", 1, 1],
    ["b", 2, 0.5],
    ["c", 2, 0.5],
    ["d", 4, 0.25],
  ]);
});

test("cards show the dots of the voting that was ended last", () => {
  const votings = [
    { key: "v1", dots: 3, voters: 2, tally },
    { key: "v2", dots: 3, voters: 1, tally: [{ card: "d", dots: 3, voters: 1 }] },
  ];
  expect([...lastDots(votings)]).toEqual([["d", 3]]);
  expect(lastDots(undefined).size).toBe(0);
});
