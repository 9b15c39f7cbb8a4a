import { expect, test } from "vitest";
import { edited, type FrameEdit } from "./frames";

const frames = ["a", "b", "c"].map((key) => ({
  key,
  title: key,
  text: "",
  steps: [],
  lanes: ["x"],
  derived: false,
}));
const keys = (edits: FrameEdit[]) => edits.reduce(edited, frames).map((one) => one.key);

test("a change of a frame is made on top of those that are on their way", () => {
  const lanes: FrameEdit = { part: "frames", edit: "change", key: "b", fields: { lanes: ["x", "y"] } };
  expect(edited(frames, lanes).map((one) => one.lanes)).toEqual([["x"], ["x", "y"], ["x"]]);
  const all: FrameEdit = { ...lanes, fields: { lanes: null, title: "B" } };
  expect(edited(frames, all)[1]).toMatchObject({ lanes: [], steps: [], title: "b" });
  const up = (behind: string | null): FrameEdit => ({ part: "frames", edit: "move", key: "c", behind });
  expect(keys([up("a")])).toEqual(["a", "c", "b"]);
  expect(keys([up("a"), up(null)])).toEqual(["c", "a", "b"]);
  expect(keys([{ part: "frames", edit: "remove", keys: ["a"] }])).toEqual(["b", "c"]);
});
