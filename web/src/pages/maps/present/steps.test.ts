import { expect, test } from "vitest";
import { atEnd, readable, stayRoom } from "./reading";
import { after, swiped } from "./steps";

test("keys lead on and back, and never beyond the ends", () => {
  expect([" ", "ArrowRight", "PageDown"].map((key) => after(key, 1, 4))).toEqual([2, 2, 2]);
  expect(["ArrowLeft", "PageUp"].map((key) => after(key, 1, 4))).toEqual([0, 0]);
  expect([after("ArrowRight", 3, 4), after("ArrowLeft", 0, 4)]).toEqual([3, 0]);
  expect([after("Home", 2, 4), after("End", 2, 4), after("x", 2, 4)]).toEqual([0, 3, null]);
  expect(after("End", 0, 0)).toBe(0);
});

test("a finger that goes far enough along leads on to the left and back to the right", () => {
  expect([swiped(-90, 10, 1, 4), swiped(90, -10, 1, 4)]).toEqual([2, 0]);
  expect([swiped(-90, 0, 3, 4), swiped(90, 0, 0, 4)]).toEqual([3, 0]);
  expect([swiped(-30, 0, 1, 4), swiped(-90, 80, 1, 4), swiped(0, 200, 1, 4)]).toEqual([null, null, null]);
});

test("a frame that could not be read on a telephone is shown large enough, and moved", () => {
  const phone = { width: 390, height: 640 };
  const frame = { width: 960, height: 620 };
  const zoom = readable(frame, phone, 10, 390) ?? 0;
  expect(zoom * 10).toBeGreaterThanOrEqual(12);
  expect(readable({ width: 420, height: 300 }, phone, 10, 390)).toBeNull(); // it can be read as it is
  expect(readable(frame, { width: 1400, height: 700 }, 10, 1440)).toBeNull();
  expect(readable(frame, { width: 320, height: 500 }, 10, 1440)).toBeNull(); // seen from afar, by several people
});

test("heads stay in sight where they leave room", () => {
  expect(stayRoom("136 12 79", 1.26, { width: 390, height: 690 })).toBe(true);
  expect(stayRoom("136 12 79", 1.26, { width: 320, height: 690 })).toBe(false);
  expect(stayRoom("136 12 79", 1.26, { width: 800, height: 95 })).toBe(false);
});

test("a finger goes to the next frame where the one that is shown has come to its end", () => {
  const moved = (scrollLeft: number) => ({ scrollLeft, scrollWidth: 1000, clientWidth: 390 });
  expect([0, 300, 610].map((left) => atEnd(-90, moved(left)))).toEqual([false, false, true]);
  expect([0, 300, 610].map((left) => atEnd(90, moved(left)))).toEqual([true, false, false]);
  expect(atEnd(-90, { scrollLeft: 0, scrollWidth: 390, clientWidth: 390 })).toBe(true);
});
