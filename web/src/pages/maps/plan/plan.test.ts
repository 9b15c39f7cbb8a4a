import { expect, test } from "vitest";
import { type MapDocument, whole } from "../editor/document";
import { applied, type Edit, remove } from "../editor/edits";
import { onPlan, optional, passed, placesOn, planned, planOf, unplanned } from "./plan";

const both = (text: string) => ({ zh: text, en: text });

const map = (paths: object[] = []): MapDocument =>
  whole({
    id: "m",
    title: both("M"),
    stages: [{ key: "A", name: both("A") }],
    steps: ["a", "b", "c", "d"].map((key) => ({ key, stage: "A", name: both(key) })),
    paths,
  });

const after = (before: MapDocument, edit: Edit | null) => {
  if (!edit) throw new Error("no edit");
  return applied(before, edit);
};
const steps = (of: MapDocument) => planOf(of)?.steps.join("");

test("steps become the planned path, and come onto it where the grid has them", () => {
  const made = after(map(), planned(map(), ["a", "d"]));
  expect(steps(made)).toBe("ad");
  expect(planned(made, ["a", "d"])).toBeNull();
  const more = after(made, onPlan(made, "c", true));
  expect(steps(more)).toBe("acd");
  expect(more.paths).toHaveLength(1);
  expect(onPlan(more, "c", true)).toBeNull();
  expect(steps(after(more, passed(more, 2, -1)))).toBe("adc");
  expect(passed(more, 0, -1)).toBeNull();
  expect(steps(after(more, onPlan(more, "a", false)))).toBe("cd");
  const first = after(made, onPlan(after(made, onPlan(made, "a", false)), "a", true));
  expect(steps(first)).toBe("ad");
});

test("what may be left out is on the path, and goes with its step", () => {
  const made = after(map(), planned(map(), ["a", "b", "c"]));
  const may = after(made, optional(made, "b", true));
  expect(optional(made, "d", true)).toBeNull();
  expect([...placesOn(may.paths)]).toEqual([
    ["a", { place: 1, optional: false }],
    ["b", { place: 2, optional: true }],
    ["c", { place: 3, optional: false }],
  ]);
  expect(planOf(after(may, onPlan(may, "b", false)))?.optional).toBeUndefined();
  expect(planOf(after(may, planned(may, ["d", "b"])))?.optional).toEqual(["b"]);
  expect(planOf(after(may, remove("steps", ["b"])))).toMatchObject({ steps: ["a", "c"] });
  expect(planOf(after(may, remove("steps", ["b"])))?.optional).toBeUndefined();
  expect(after(may, remove("steps", ["a", "b", "c"])).paths).toEqual([]);
  expect(planOf(after(may, unplanned(may)))).toBeUndefined();
});

test("what most customers did stays as another way when somebody says what is planned", () => {
  const way = { key: "way-1", kind: "happy", name: both("What most do"), steps: ["a", "b"] };
  const data = map([way]);
  expect(placesOn(data.paths).size).toBe(0);
  expect(optional(data, "a", true)).toBeNull();
  const said = after(data, onPlan(data, "d", true));
  expect(said.paths.map((path) => [path.kind, path.steps.join("")])).toEqual([
    ["alternative", "ab"],
    ["happy", "abd"],
  ]);
  expect(after(data, unplanned(data)).paths).toMatchObject([{ key: "way-1", kind: "alternative" }]);
});
