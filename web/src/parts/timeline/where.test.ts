import { describe, expect, it } from "vitest";
import type { Happened } from "./types";
import { labels, momentOf, placesOf, sessionOf, ticks, timed, windowOf } from "./where";

const at = (place: number, more: Partial<Happened>) =>
  ({ place, time: null, day: null, time_basis: "order", starts_session: false, ...more }) as Happened;

describe("where events stand", () => {
  const exact = at(0, { time: "2026-03-01T08:00:00+00:00", day: "2026-03-01", time_basis: "exact" });
  const day = at(1, { day: "2026-03-02", time_basis: "day" });
  const order = at(2, {});

  it("is their time, the middle of their day, or nowhere", () => {
    expect(momentOf(exact)).toBe(Date.parse("2026-03-01T08:00:00Z"));
    expect(momentOf(day)).toBe(Date.parse("2026-03-02T12:00:00Z"));
    expect(momentOf(order)).toBeNull();
  });

  it("is their order as soon as one of them has no time", () => {
    expect(timed([exact, day])).toBe(true);
    expect(timed([exact, day, order])).toBe(false);
    expect(placesOf([exact, day, order], false)).toEqual([0, 1, 2]);
  });

  it("leaves room around a single one", () => {
    expect(windowOf([5])).toEqual({ from: 4, to: 6 });
    expect(windowOf([3, 9, 4])).toEqual({ from: 3, to: 9 });
  });

  it("is one visit until the next begins", () => {
    const events = [0, 1, 2, 3, 4]
      .map((place) => at(place, { starts_session: place === 0 || place === 3 }))
      .reverse();
    expect(sessionOf(events, 1)).toEqual({ first: 0, last: 2 });
    expect(sessionOf(events, 3)).toEqual({ first: 3, last: 4 });
  });

  it("has whole days as marks, and the clock of a zone within a day", () => {
    const from = Date.parse("2026-03-01T08:00:00Z");
    const within = (minutes: number) =>
      ticks({ from: from + 60_000, to: from + minutes * 60_000 }, "Asia/Kolkata").map(({ text }) => text);
    expect(within(61)).toEqual(["13:45", "14:00", "14:15", "14:30"]);
    expect(within(12 * 60 + 1)).toEqual(["14:30", "17:30", "20:30", "23:30"]);
    expect(within(3)).toEqual([]);
    const found = ticks({ from, to: from + 12 * 86_400_000 }, "UTC");
    expect(found.map(({ text }) => text)).toEqual(
      [1, 3, 5, 7, 9, 11, 13].map((d) => `2026-03-${String(d).padStart(2, "0")}`),
    );
  });

  it("has a name beside it where there is room, and one for marks that touch", () => {
    expect(labels([0, 4, 9, 200, 210, 400], 420)).toEqual([
      { first: 0, count: 3, x: 9, room: 191 },
      { first: 4, count: 1, x: 210, room: 190 },
    ]);
  });
});
