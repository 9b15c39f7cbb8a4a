import { expect, test } from "vitest";
import { placed } from "./labels";

test("a name stands beside its point, at the other side where there is no room", () => {
  const [left, right] = placed(
    [
      { x: 20, y: 50, text: "Signs" },
      { x: 290, y: 90, text: "Security" },
    ],
    300,
    200,
  );
  expect(left).toMatchObject({ anchor: "start", text: "Signs" });
  expect(right).toMatchObject({ anchor: "end", text: "Security" });
});

test("names never lie on each other, nor on another point", () => {
  const crowd = Array.from({ length: 30 }, (_, place) => ({
    x: 100 + (place % 5) * 9,
    y: 80 + Math.floor(place / 5) * 5,
    text: `Touchpoint ${place}`,
  }));
  const found = placed(crowd, 300, 200).filter((one) => one !== null);
  expect(found.length).toBeLessThan(crowd.length);
  expect(found.length).toBeGreaterThan(0);
});
