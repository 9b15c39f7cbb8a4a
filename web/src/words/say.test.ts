import { describe, expect, it } from "vitest";
import { filled } from "./say";

describe("values in a text", () => {
  it("have separators", () => {
    expect(filled({ n: 12031 }).n).toBe("12,031");
  });

  it("are singular where one of them is 1", () => {
    expect(filled({ n: 1, of: 20 }).count).toBe(1);
    expect(filled({ n: 2 }).count).toBe(2);
    expect(filled({ name: "1" }).count).toBe(2);
  });
});
