import { expect, test } from "vitest";
import { listed, paragraphs, pieces, toggled, unmarked } from "./markdown";

test("bold, italic and links are told apart from stars that mean nothing", () => {
  expect(pieces("Ask **twice**, *never* 2*3*4 [why](https://a.example/b)")).toEqual([
    { text: "Ask " },
    { text: "twice", bold: true },
    { text: ", " },
    { text: "never", italic: true },
    { text: " 2*3*4 " },
    { text: "why", href: "https://a.example/b" },
  ]);
  expect(pieces("[x](javascript:alert(1))")).toEqual([{ text: "[x](javascript:alert(1))" }]);
});

test("lines that begin like items are items", () => {
  expect(paragraphs("要做：\n- 排队\n2. 付款").map((one) => one.item)).toEqual(["", "•", "2."]);
  expect(unmarked("- **a**\nb")).toBe("a\nb");
});

test("a mark is put around what is selected, and taken away again", () => {
  const typed = { text: "so slow", start: 3, end: 7 };
  const bold = toggled(typed, "**");
  expect(bold).toEqual({ text: "so **slow**", start: 5, end: 9 });
  expect(toggled(bold, "**")).toEqual(typed);
});

test("lines become items and back", () => {
  const items = listed({ text: "a\nb\nc", start: 0, end: 3 });
  expect(items.text).toBe("- a\n- b\nc");
  expect(listed(items).text).toBe("a\nb\nc");
});
