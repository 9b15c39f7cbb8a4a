import { expect, test } from "vitest";
import { initials } from "./initials";

test("a name in a small space", () => {
  const names = [
    "王小明",
    "李雷",
    "Ann Lee",
    "ann@example.com",
    "Ann Maria de Souza",
    "jean-luc.picard@x.org",
    "",
  ];
  expect(names.map(initials)).toEqual(["小明", "李雷", "AL", "A", "AS", "JP", "?"]);
});
