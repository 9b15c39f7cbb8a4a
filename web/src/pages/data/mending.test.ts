import { describe, expect, it } from "vitest";
import { columnsOf, mappingOf } from "./mending";

const rows = [
  { raw: '{"user_id": null, "email": "a@b", "event": "Paid"}' },
  { raw: "not json" },
  { raw: null },
];

describe("rows read again", () => {
  it("offer the columns that they have", () => {
    expect(columnsOf(rows)).toEqual(["email", "event", "user_id"]);
  });

  it("feed a field from the chosen column, the others from their own", () => {
    const mapping = mappingOf(
      [
        ["user_id", "email"],
        [null, "event"],
      ],
      columnsOf(rows),
    );
    expect(mapping).toEqual({ fields: { user_id: "email", event: "event" } });
    expect(mappingOf([], ["event"])).toEqual({});
  });
});
