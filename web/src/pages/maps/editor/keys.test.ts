import { expect, test } from "vitest";
import { asked } from "./keys";

const NONE = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
const press = (key: string, more: Partial<typeof NONE> = {}) => asked({ ...NONE, ...more, key });

test("arrows go, with shift they select, with alt they carry", () => {
  expect(press("ArrowUp")).toEqual({ go: "up", extend: false });
  expect(press("ArrowLeft", { shiftKey: true })).toEqual({ go: "left", extend: true });
  expect(press("ArrowRight", { altKey: true })).toEqual({ nudge: [1, 0] });
  expect(press("ArrowLeft", { altKey: true, shiftKey: true })).toEqual({ widen: -1 });
  expect(press("ArrowRight", { ctrlKey: true })).toEqual({ go: "end", extend: false });
});

test("undo and redo as on every system", () => {
  expect(press("z", { metaKey: true })).toEqual({ do: "undo" });
  expect(press("Z", { ctrlKey: true, shiftKey: true })).toEqual({ do: "redo" });
  expect(press("y", { ctrlKey: true })).toEqual({ do: "redo" });
});

test("characters are left to the pen, copying to the browser", () => {
  for (const key of ["a", "中", " ", "?"]) expect(press(key)).toBeNull();
  for (const key of ["c", "x", "v", "k"]) expect(press(key, { ctrlKey: true })).toBeNull();
  expect(press("å", { altKey: true })).toBeNull();
});
