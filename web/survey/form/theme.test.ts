import { expect, test } from "vitest";
import { themeOf } from "./theme.ts";

/** WCAG 2.2, written apart from the code that is tested. */
function ratio(one: string, other: string): number {
  const light = [one, other].map((colour) => {
    const parts = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255);
    const [red = 0, green = 0, blue = 0] = parts.map((part) =>
      part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05;
  });
  return Math.max(...light) / Math.min(...light);
}

const GROUNDS = { light: ["#ffffff", "#f4f6f9"], dark: ["#161b23", "#1d242e"] } as const;

test("any accent is readable, in the light and in the dark", () => {
  for (let hue = 0; hue < 4096; hue += 7) {
    const colour = `#${[hue >> 8, (hue >> 4) & 15, hue & 15].map((one) => (one * 17).toString(16).padStart(2, "0")).join("")}`;
    const found = themeOf(colour);
    for (const scheme of ["light", "dark"] as const) {
      const [ground] = GROUNDS[scheme];
      const of = (name: string) => found[`--${name}-${scheme}`] ?? "";
      expect(ratio(of("accent"), of("on-accent")), `${colour} button, ${scheme}`).toBeGreaterThanOrEqual(4.5);
      expect(ratio(of("accent"), ground), `${colour} beside, ${scheme}`).toBeGreaterThanOrEqual(1.2);
      expect(ratio(of("accent-text"), ground), `${colour} text, ${scheme}`).toBeGreaterThanOrEqual(4.5);
      expect(
        ratio(of("accent-text"), of("accent-soft")),
        `${colour} on soft, ${scheme}`,
      ).toBeGreaterThanOrEqual(3);
    }
  }
});

test("without an accent nothing is said", () => {
  expect(themeOf(null)).toEqual({});
  expect(themeOf("red")).toEqual({});
});
