import { describe, expect, it } from "vitest";
import { ago, moment } from "./when";

describe("times", () => {
  it("are told on the workspace's clock, to the minute", () => {
    expect(moment("2026-03-01T20:05:59Z", "Asia/Shanghai")).toBe("2026-03-02 04:05");
    expect(moment(null, "UTC")).toBe("—");
  });

  it("are told by the largest whole unit", () => {
    const now = Date.parse("2026-03-02T00:00:00Z");
    expect(ago("2026-03-01T20:05:00Z", "en", now)).toBe("3 hours ago");
    expect(ago("2026-03-01T23:59:10Z", "en", now)).toBe("50 seconds ago");
    expect(ago("2026-03-09T00:00:00Z", "zh", now)).toBe("7天后");
  });
});
