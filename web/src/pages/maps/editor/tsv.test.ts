import { expect, test } from "vitest";
import { parsed, written } from "./tsv";

test("a table is read as Excel and Numbers write it", () => {
  expect(parsed("a\tb\r\nc\td\r\n")).toEqual([
    ["a", "b"],
    ["c", "d"],
  ]);
  expect(parsed("等了很久\t")).toEqual([["等了很久", ""]]);
  expect(parsed("\n\nx")).toEqual([[""], [""], ["x"]]);
  expect(parsed("")).toEqual([[""]]);
});

test("quotes hold tabs, lines and quotes", () => {
  expect(parsed('"two\r\nlines"\t"a ""word"""\t"x\ty"\r\nnext')).toEqual([
    ["two\nlines", 'a "word"', "x\ty"],
    ["next"],
  ]);
});

test("a quote within a plain text is only a character", () => {
  expect(parsed('5" pipe\t"No way" she said\t"')).toEqual([['5" pipe', '"No way" she said', '"']]);
});

test("what is written is read again", () => {
  const table = [
    ["a\nb", 'say "hi"', ""],
    ["\t", "排队", "x"],
  ];
  expect(parsed(written(table))).toEqual(table);
});
