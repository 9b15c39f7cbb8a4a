import { expect, it } from "vitest";
import { guessedFrom, inOneStage, proposed, type Rated, stepsOf, surveyFor, surveysOf } from "./draw";

const asked = (survey: number, name: string, stage = "", overall = false): Rated => ({
  question: `${name}?`,
  where: `question = '${name}?'`,
  name,
  stage,
  by: stage ? "words" : "",
  scale: "csat5",
  n: 20,
  overall,
  survey,
  drawn: false,
});

const RATED = [
  asked(0, "Overall", "", true),
  asked(0, "Parking", "Arrival"),
  asked(0, "Check-in", "Arrival"),
  asked(0, "Bed", "Room"),
  asked(1, "Desk"),
];

it("proposes the steps of one survey, a stage where it begins", () => {
  expect(proposed(RATED).map(({ name, stage, taken }) => [name, stage, taken])).toEqual([
    ["Overall", "", false],
    ["Parking", "Arrival", true],
    ["Check-in", "", true],
    ["Bed", "Room", true],
  ]);
  expect(proposed(RATED, 1).map((one) => one.name)).toEqual(["Desk"]);
});

it("sends what is a step, and nothing else", () => {
  const [, first] = stepsOf(proposed(RATED));
  expect(stepsOf(proposed(RATED))).toHaveLength(3);
  expect(first).toEqual({ question: "Check-in?", name: "Check-in", stage: "" });
});

it("says what stages are guessed from, and takes them all back at once", () => {
  const lines = proposed(RATED);
  expect(guessedFrom(lines)).toBe("words");
  expect(guessedFrom(lines.map((one) => ({ ...one, by: one.stage ? "heading" : "" })))).toBeNull();
  expect(guessedFrom(proposed(RATED, 1))).toBeNull();
  expect(inOneStage(lines).map((one) => one.stage)).toEqual(["", "", "", ""]);
});

it("calls a survey by its first step", () => {
  expect(surveysOf(RATED)).toEqual([
    { survey: 0, n: 4, answers: 20, first: "Parking", drawn: false },
    { survey: 1, n: 1, answers: 20, first: "Desk", drawn: false },
  ]);
});

it("proposes the survey one comes from, else what no map shows and most answered", () => {
  const more = RATED.map((one) => (one.survey === 1 ? { ...one, n: 90 } : one));
  expect(surveyFor(more, null)).toBe(1);
  expect(surveyFor(more, "Bed?")).toBe(0);
  expect(surveyFor(more, "What is that?")).toBe(1);
  const shown = more.map((one) => ({ ...one, drawn: one.survey === 1 }));
  expect(surveyFor(shown, null)).toBe(0);
  const all = more.map((one) => ({ ...one, drawn: !one.overall }));
  expect(surveysOf(all).map((one) => one.drawn)).toEqual([true, true]);
  expect(surveyFor(all, null)).toBe(1);
  expect(surveyFor([], null)).toBe(0);
});
