import { expect, test } from "vitest";
import { forMap, spanOf } from "./question";

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

test("the days of a question are told, the last one included", () => {
  const march = { since: "2026-02-28T16:00:00Z", until: "2026-03-31T16:00:00Z" };
  expect(spanOf(march, "Asia/Shanghai")).toBe("2026-03-01 – 2026-03-31");
  expect(spanOf({ since: "2026-03-01T00:00:00Z", until: "2026-03-02T00:00:00Z" }, "UTC")).toBe("2026-03-01");
  expect(spanOf({ until: "2026-03-02T00:00:00Z" }, "UTC")).toBe("… – 2026-03-01");
  expect(spanOf({ since: null }, "UTC")).toBe("");
});
