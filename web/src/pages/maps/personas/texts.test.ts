import { expect, test } from "vitest";
import { asLines, keyOf, lines, said, told } from "./texts";

test("the other language follows until it says something of its own", () => {
  expect(told(undefined, "en", "Flyer")).toEqual({ zh: "Flyer", en: "Flyer" });
  expect(told({ zh: "Flyer", en: "Flyer" }, "zh", "常旅客")).toEqual({ zh: "常旅客", en: "常旅客" });
  expect(told({ zh: "常旅客", en: "Flyer" }, "en", "Frequent flyer")).toEqual({
    zh: "常旅客",
    en: "Frequent flyer",
  });
});

test("lines keep their other language by their place", () => {
  const before = [{ zh: "快", en: "Fast" }];
  expect(lines(before, "en", "Faster\nCheap")).toEqual([
    { zh: "快", en: "Faster" },
    { zh: "Cheap", en: "Cheap" },
  ]);
  expect(asLines(before, "zh")).toBe("快");
  expect(said(lines(undefined, "en", "One\n\n"))).toEqual([{ zh: "One", en: "One" }]);
});

test("a key is made of the name, and is nobody else's", () => {
  expect(keyOf("Frequent flyer", [])).toBe("frequent-flyer");
  expect(keyOf("常旅客", ["常旅客"])).toBe("常旅客-2");
  expect(keyOf("!", [])).toBe("persona");
});
