import { describe, expect, it } from "vitest";
import type { Board } from "@/hooks/useBoards";
import { asked, overOf, pickedRange, shownRange } from "./over";

const board: Board = {
  title: { zh: "", en: "" },
  description: null,
  tiles: [],
  range: { since: null, until: null, last: "30d" },
  segment: "lifecycle:new",
};

describe("what lies over a board", () => {
  it("is what is kept with it, unless the address says otherwise", () => {
    const kept = overOf(board, new URLSearchParams());
    expect(kept).toEqual({ range: { since: null, until: null, last: "30d" }, segment: "lifecycle:new" });
    const all = overOf(board, new URLSearchParams("since=&segment="));
    expect(all).toEqual({ range: { since: null, until: null, last: null }, segment: "" });
  });

  it("survives the address", () => {
    const over = { range: { since: null, until: null, last: null }, segment: "" };
    const said = Object.entries(asked(board, over)).filter(([, value]) => value !== null) as [
      string,
      string,
    ][];
    expect(overOf(board, new URLSearchParams(said))).toEqual(over);
    expect(Object.values(asked(board, overOf(board, new URLSearchParams())))).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });

  it("keeps the last days as such", () => {
    const range = shownRange({ since: null, until: null, last: "30d" }, "2026-03-31", "UTC");
    expect(range).toEqual({ since: "2026-03-02T00:00:00Z", until: "2026-04-01T00:00:00Z" });
    expect(pickedRange(range, "2026-03-31", "UTC").last).toBe("30d");
    expect(pickedRange({ since: "2026-03-05T00:00:00Z", until: null }, "2026-03-31", "UTC").last).toBeNull();
  });
});
