import { describe, expect, it } from "vitest";
import { between, dayOf, days, lastDays, startOf } from "./range";

describe("days of a clock", () => {
  it.each([
    ["2026-03-01", "UTC", "2026-03-01T00:00:00Z"],
    ["2026-03-01", "Asia/Shanghai", "2026-02-28T16:00:00Z"],
    ["2026-03-08", "America/New_York", "2026-03-08T05:00:00Z"],
    ["2026-03-09", "America/New_York", "2026-03-09T04:00:00Z"],
    ["2026-11-01", "America/New_York", "2026-11-01T04:00:00Z"],
  ])("%s begins in %s at %s", (day, zone, start) => {
    expect(startOf(day, zone)).toBe(start);
    expect(dayOf(start, zone)).toBe(day);
  });

  it("are included at both ends", () => {
    const range = between("2026-03-01", "2026-03-07", "Asia/Shanghai");
    expect(range).toEqual({ since: "2026-02-28T16:00:00Z", until: "2026-03-07T16:00:00Z" });
    expect(days(range, "Asia/Shanghai")).toEqual(["2026-03-01", "2026-03-07"]);
  });

  it("may be open", () => {
    expect(between(null, "2026-03-07", "UTC")).toEqual({ since: null, until: "2026-03-08T00:00:00Z" });
    expect(days({ since: null, until: null }, "UTC")).toEqual([null, null]);
  });

  it("count back from the last one", () => {
    expect(lastDays("2026-03-07", 7, "UTC")).toEqual({
      since: "2026-03-01T00:00:00Z",
      until: "2026-03-08T00:00:00Z",
    });
  });
});
