import { describe, expect, it } from "vitest";
import { decimal, interval, percent, short, whole } from "./numbers";

describe("numbers", () => {
  it("never writes 0 for what is not known", () => {
    for (const write of [whole, decimal, percent]) {
      expect(write(null)).toBe("—");
      expect(write(undefined)).toBe("—");
    }
    expect(interval(0, null)).toBe("—");
    expect(short(null, "zh")).toBe("—");
  });

  it("writes what it is", () => {
    expect(whole(12031)).toBe("12,031");
    expect(whole(0)).toBe("0");
    expect(whole(-1200)).toBe("−1,200");
    expect(decimal(-113.55, 2)).toBe("−113.55");
    expect(decimal(-0.04)).toBe("0.0");
    expect(percent(0.1234)).toBe("12.3%");
    expect(interval(28.3, 33.61)).toBe("28.3–33.6");
    expect(interval(0.283, 0.336, "share")).toBe("28.3–33.6%");
    expect(short(12400, "zh")).toBe("1.2万");
    expect(short(12400, "en")).toBe("12.4K");
  });
});
