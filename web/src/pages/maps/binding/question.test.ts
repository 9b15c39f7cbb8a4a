import { expect, test } from "vitest";
import { forMap } from "./question";

test("a map asks a question of its own time and steps", () => {
  const spec = {
    metric: "nps",
    where: "channel = 'web'",
    by: "channel",
    since: "2026-01-01",
    until: null,
  };
  expect(forMap(spec)).toEqual({ asked: { metric: "nps", where: "channel = 'web'" }, left: ["by", "since"] });
});
