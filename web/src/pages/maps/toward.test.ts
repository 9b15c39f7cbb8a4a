import { describe, expect, it } from "vitest";
import { called, toward } from "./toward";

const at = (x: number, y: number) => ({ left: x, top: y, right: x + 80, bottom: y + 20 });

describe("the keys lead through a picture", () => {
  // Three steps in a row; a curve below with a point under the first and the last, the last one lower.
  const all = [at(0, 0), at(100, 0), at(200, 0), at(10, 60), at(210, 90)];

  it("goes to the nearest that lies that way", () => {
    expect(toward(all, 0, "ArrowRight")).toBe(1);
    expect(toward(all, 1, "ArrowRight")).toBe(2);
    expect(toward(all, 2, "ArrowDown")).toBe(4);
    expect(toward(all, 4, "ArrowLeft")).toBe(3);
    expect(toward(all, 3, "ArrowUp")).toBe(0);
  });

  it("reaches all of them from the first", () => {
    const reached = new Set([0]);
    for (const from of reached)
      for (const key of ["ArrowRight", "ArrowLeft", "ArrowDown", "ArrowUp"]) {
        const to = toward(all, from, key);
        if (typeof to === "number") reached.add(to);
      }
    expect([...reached].sort()).toEqual([0, 1, 2, 3, 4]);
  });

  it("stays at the edge, and leaves other keys to others", () => {
    expect(toward(all, 0, "ArrowUp")).toBeNull();
    expect(toward(all, 0, "ArrowLeft")).toBeNull();
    expect([toward(all, 2, "Home"), toward(all, 0, "End")]).toEqual([0, 4]);
    expect(toward(all, 0, "Enter")).toBeUndefined();
  });
});

describe("a part of a picture is called once", () => {
  it("by what is written where that says the title", () => {
    expect(called("At the gate", "At the gate 2,709 customers")).toBe("At the gate 2,709 customers");
    expect(called("我写好清单，看看今天有什么", "我写好清单， 看看今天有什么 —")).toBe(
      "我写好清单， 看看今天有什么 —",
    );
  });

  it("by its title where that says what is written, else by both", () => {
    const told = "Parking · Satisfaction: +0.86 (0.80–0.92), n 1,065; before +0.91";
    expect(called(told, "+0.86")).toBe(told);
    expect(called(told, "+0.86 n 1,065")).toBe(`${told} +0.86 n 1,065`);
  });

  it("by what is written where it has no title", () => {
    expect(called("", "Ease  fell")).toBe("Ease fell");
  });
});
