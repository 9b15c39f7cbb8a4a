import { expect, test } from "vitest";
import { heightFor, leastFor } from "./heights";

const rows = (type: string, count: number) => ({
  yAxis: [{ type: "category", data: Array(count).fill("a") }],
  series: [{ type }],
});

test("bars need room for each, and more where their names stand above them", () => {
  expect(heightFor("rfm", rows("bar", 10))).toBe(72 + 400);
  expect(heightFor("rfm", rows("bar", 10), true)).toBe(72 + 600);
  expect(heightFor("variants", rows("heatmap", 10), true)).toBe(72 + 400);
});

test("what is no list of bars has a height of its own", () => {
  expect(heightFor("retention", { series: [{ type: "line" }] })).toBe(600);
  expect(heightFor("metric", { series: [{ type: "line" }] })).toBe(420);
  expect(heightFor("sessions", { yAxis: [{ type: "value" }], series: [{ type: "line" }] })).toBe(560);
  expect(heightFor("sessions", rows("bar", 1))).toBe(180);
});

test("a low picture keeps room for each of its rows", () => {
  expect(leastFor(rows("bar", 3), 400)).toBe(72 + 3 * 48);
  expect(leastFor(rows("bar", 10), 900)).toBe(72 + 10 * 20);
  expect(leastFor(rows("bar", 1), 900)).toBe(150);
  expect(leastFor({ series: [{ type: "line" }] }, 400)).toBe(150);
});
