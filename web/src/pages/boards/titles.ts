import type { Answer, Spec } from "@/api/types";
import type { Tile } from "@/hooks/useBoards";
import type { Lang } from "@/words/key";

/** What a tile is called: as people named it, else as its question reads. */
export function titleOf(tile: Tile, answer: Answer | null | undefined, lang: Lang): string {
  return tile.title?.[lang] ?? answer?.sentence ?? "";
}

/** What a tile asks: as it was answered, within the board's range and segment; as it is kept before that. */
export function asking(tile: Tile, answer: Answer | null | undefined): { analysis: string; spec: Spec } {
  const { analysis, ...spec } = tile.question;
  const { analysis: _, ...narrowed } = answer?.spec ?? {};
  return { analysis: String(analysis), spec: answer ? narrowed : spec };
}
