import type { Say } from "@/words/say";

/** Feelings from −2 to +2: what they are called and where they stand on the scale of colours. */

/** The colour of a feeling, a mixture of the scale's ends and its middle; for fills, never for text. */
export function feelingColour(value: number): string {
  const held = Math.max(-2, Math.min(2, value));
  const end = held < 0 ? "--feel-low" : "--feel-high";
  return `color-mix(in oklab, var(${end}) ${Math.round(Math.abs(held) * 50)}%, var(--feel-mid))`;
}

/** A feeling as people read it: `+1.2`, `−0.5`, `0.0`. */
export function signed(value: number, digits = 1): string {
  const text = Math.abs(value).toFixed(digits);
  if (Number(text) === 0) return text;
  return (value < 0 ? "−" : "+") + text;
}

/** What a scale is called, with its ends where its name tells them: `csat5` as `csat7`; an unknown one by its own name. */
export function scaleName(say: Say, scale: string | null): string {
  if (!scale) return say("web.scales.unnamed");
  const [, kind, top = ""] = /^(.*?)_?(\d+)$/.exec(scale) ?? [];
  return say.known(`web.scales.${kind ? `${kind}_of` : scale}`, scale, { top });
}
