import { describe, expect, it } from "vitest";
import { type Comparison, read, write } from "./simple";

describe("conditions that a form can show", () => {
  it.each<[string, Comparison[]]>([
    ["channel = 'store'", [{ field: "channel", operator: "=", values: ["store"] }]],
    [
      "channel in ('app', 'it''s') and value > 100.5",
      [
        { field: "channel", operator: "in", values: ["app", "it's"] },
        { field: "value", operator: ">", values: [100.5] },
      ],
    ],
    ['"first name" is not null', [{ field: "first name", operator: "is not null", values: [] }]],
    ["event starts with 'Order'", [{ field: "event", operator: "starts with", values: ["Order"] }]],
    [
      "vip = true and 城市 != '上海'",
      [
        { field: "vip", operator: "=", values: [true] },
        { field: "城市", operator: "!=", values: ["上海"] },
      ],
    ],
    ["address.city = 'x'", [{ field: "address.city", operator: "=", values: ["x"] }]],
    ["inner = -3", [{ field: "inner", operator: "=", values: [-3] }]],
  ])("%s is read and written again", (text, comparisons) => {
    expect(read(text)).toEqual(comparisons);
    expect(write(comparisons)).toBe(text);
  });

  it.each([
    "a = 1 or b = 2",
    "not a = 1",
    "did 'Order Paid'",
    "A -> B",
    "a = ",
    "a in (1",
    "a between 1 and 2",
  ])("%s is left to the text", (text) => expect(read(text)).toBeNull());

  it("leave out what is not said yet", () => {
    expect(
      write([
        { field: "a", operator: "=", values: [] },
        { field: "b", operator: "is null", values: [] },
      ]),
    ).toBe("b is null");
    expect(read("")).toEqual([]);
  });
});
