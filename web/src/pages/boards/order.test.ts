import { describe, expect, it } from "vitest";
import { placed, stepped } from "./order";

const IDS = ["a", "b", "c", "d"];

describe("boards in order", () => {
  it("puts one at another place, the ends at most", () => {
    expect(placed(IDS, "a", 2)).toEqual(["b", "c", "a", "d"]);
    expect(placed(IDS, "d", 0)).toEqual(["d", "a", "b", "c"]);
    expect(placed(IDS, "b", 99)).toEqual(["a", "c", "d", "b"]);
    expect(placed(IDS, "b", -1)).toEqual(["b", "a", "c", "d"]);
    expect(placed(IDS, "gone", 0)).toEqual(IDS);
  });

  it("goes by keys", () => {
    expect(stepped(IDS, "b", "ArrowLeft")).toEqual(["b", "a", "c", "d"]);
    expect(stepped(IDS, "b", "ArrowDown")).toEqual(["a", "c", "b", "d"]);
    expect(stepped(IDS, "a", "ArrowUp")).toEqual(IDS);
    expect(stepped(IDS, "a", "End")).toEqual(["b", "c", "d", "a"]);
    expect(stepped(IDS, "a", "x")).toBeNull();
  });
});
