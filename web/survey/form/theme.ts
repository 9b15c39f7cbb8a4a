/** One colour of the survey's own, made readable: the text on it, and it as text, in the light and in the dark. */

type Colour = [number, number, number];

const LIGHT: Colour = [255, 255, 255];
const DARK: Colour = [22, 27, 35];
const INK: Colour = [23, 29, 38];
/** WCAG's AA for text, and a little for rounding. */
const READABLE = 4.6;

export function themeOf(accent: string | null | undefined): Record<string, string> {
  const colour = accent ? colourOf(accent) : undefined;
  if (!colour) return {};
  const found: Record<string, string> = {};
  for (const [scheme, ground, away] of [
    ["light", LIGHT, INK],
    ["dark", DARK, LIGHT],
  ] as const) {
    // A button must be told from the page, and a word in the colour be read on it.
    const button = until(colour, away, (one) => contrast(one, ground) >= 3);
    const text =
      contrast(button, LIGHT) >= READABLE ? LIGHT : contrast(button, INK) >= READABLE ? INK : undefined;
    const solid = text ? button : until(button, INK, (one) => contrast(one, LIGHT) >= READABLE);
    found[`--accent-${scheme}`] = spelled(solid);
    found[`--on-accent-${scheme}`] = spelled(text ?? LIGHT);
    found[`--accent-text-${scheme}`] = spelled(
      until(colour, away, (one) => contrast(one, ground) >= READABLE + 0.6),
    );
    found[`--accent-soft-${scheme}`] = spelled(mixed(ground, colour, scheme === "light" ? 0.08 : 0.16));
  }
  return found;
}

function colourOf(written: string): Colour | undefined {
  const found = /^#?([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(written.trim());
  return found ? (found.slice(1).map((one) => Number.parseInt(one, 16)) as Colour) : undefined;
}

function spelled(colour: Colour): string {
  return `#${colour.map((one) => Math.round(one).toString(16).padStart(2, "0")).join("")}`;
}

function mixed(one: Colour, other: Colour, share: number): Colour {
  return one.map((value, at) => value + ((other[at] ?? 0) - value) * share) as Colour;
}

function until(colour: Colour, away: Colour, enough: (one: Colour) => boolean): Colour {
  let found = colour;
  for (let share = 0.05; !enough(found) && share <= 1; share += 0.05) found = mixed(colour, away, share);
  return found;
}

/** https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(one: Colour, other: Colour): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((low, high) => low - high);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: Colour): number {
  const [red = 0, green = 0, blue = 0] = colour.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
