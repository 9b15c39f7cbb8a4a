import { expect, test } from "vitest";
import { didAs } from "./away";
import { change, put, several } from "./edits";

const both = (text: string) => ({ zh: text, en: text });
const changed = (key: string, field: string, now: unknown) => ({ part: "cards", key, field, now });

test("an edit came where its part says what it was to say", () => {
  const edit = change("cards", "c", { text: both("Mine") });
  expect(didAs(edit, [changed("c", "text", both("Mine"))])).toBe(true);
  expect(didAs(edit, [changed("c", "text", both("Theirs"))])).toBe(false);
  expect(didAs(edit, [changed("d", "text", both("Mine"))])).toBe(false);
  expect(didAs(put("cards", [{ key: "n" }]), [{ part: "cards", key: "n", now: { key: "n" } }])).toBe(true);
});

test("of several edits all have to have come", () => {
  const edit = several([put("cards", [{ key: "n" }]), change("cards", "c", { text: both("Mine") })]);
  const first = { part: "cards", key: "n", now: { key: "n" } };
  expect(didAs(edit, [first])).toBe(false);
  expect(didAs(edit, [first, changed("c", "text", both("Mine"))])).toBe(true);
});
