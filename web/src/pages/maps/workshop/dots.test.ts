import { expect, test } from "vitest";
import { withDots } from "./dots";

const VOTING = {
  id: "v",
  title: "",
  dots: 3,
  lanes: ["opportunities"],
  by: "Ann",
  voters: 2,
  mine: { a: 1 },
  left: 2,
};

test("a dot comes on top of those that are on their way, and no more are left than that", () => {
  expect(withDots(VOTING, [])).toEqual(VOTING);
  const first = withDots(VOTING, [{ card: "a", dots: 2 }]);
  expect([first.mine, first.left]).toEqual([{ a: 2 }, 1]);
  const both = [
    { card: "a", dots: 2 },
    { card: "b", dots: 1 },
  ];
  expect(withDots(VOTING, both)).toMatchObject({ mine: { a: 2, b: 1 }, left: 0 });
  // What has come is told of by the service, too: it is not counted twice.
  expect(withDots({ ...VOTING, mine: { a: 2 }, left: 1 }, both)).toMatchObject({
    mine: { a: 2, b: 1 },
    left: 0,
  });
  expect(withDots(VOTING, [{ card: "a", dots: 0 }])).toMatchObject({ mine: { a: 0 }, left: 3 });
});
