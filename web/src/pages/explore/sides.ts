import type { Sides, Stretch } from "@/hooks/useComparison";

/** What is compared, as a part of the address; null where it is none. */
export function sidesOf(text: string | null | undefined): Sides | null {
  if (!text) return null;
  try {
    const { by, a, b } = JSON.parse(text) as Sides;
    if (by === "segments") return typeof a === "string" && typeof b === "string" ? { by, a, b } : null;
    return by === "periods" && stretch(a) && stretch(b) ? { by, a, b } : null;
  } catch {
    return null;
  }
}

function stretch(side: unknown): side is Stretch {
  return typeof side === "object" && side !== null && "since" in side && "until" in side;
}
