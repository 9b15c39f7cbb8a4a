import { expect, test } from "vitest";
import { asked, completed, named, pieces } from "./mentioning";

const people = [
  { id: "a", name: "Ann" },
  { id: "l", name: "Ann Lee" },
  { id: "w", name: "王小明" },
];

test("an @ that is being typed asks for people", () => {
  expect(asked("Look, @An", 9)).toBe("An");
  expect(asked("@", 1)).toBe("");
  expect(asked("请看，@王", 5)).toBe("王");
  expect(asked("write to ann@example.com", 24)).toBeNull();
  expect(asked("@Ann said", 9)).toBeNull();
});

test("the name that is chosen stands in its place", () => {
  expect(completed("Look, @An and say", 9, "Ann Lee")).toEqual(["Look, @Ann Lee and say", 15]);
});

test("of two names that begin alike the longer one is named", () => {
  expect(named("@Ann Lee and @王小明", people).sort()).toEqual(["l", "w"]);
  expect(named("@Ann and @Ann Lee", people).sort()).toEqual(["a", "l"]);
  expect(named("Ann", people)).toEqual([]);
});

test("a text is told with whom it names marked", () => {
  expect(pieces("See @Ann Lee (soon)", people)).toEqual([
    { text: "See ", named: false },
    { text: "@Ann Lee", named: true },
    { text: " (soon)", named: false },
  ]);
  expect(pieces("Nobody", [])).toEqual([{ text: "Nobody", named: false }]);
});
