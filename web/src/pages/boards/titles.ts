import type { Answer, Spec } from "@/api/types";
import type { TileAnswer } from "@/hooks/useBoard";
import type { Tile } from "@/hooks/useBoards";
import type { Lang } from "@/words/key";

/** What a tile is called: as people named it, else as its question reads, or of what kind one is that has no answer. */
export function titleOf(tile: Tile, found: TileAnswer | undefined, lang: Lang): string {
  return tile.title?.[lang] ?? found?.answer?.sentence ?? found?.problem?.asked ?? "";
}

/** What a tile asks: as it was answered, within the board's range and segment; as it is kept before that. */
export function asking(tile: Tile, answer: Answer | null | undefined): { analysis: string; spec: Spec } {
  const { analysis, ...spec } = tile.question;
  const { analysis: _, ...narrowed } = answer?.spec ?? {};
  return { analysis: String(analysis), spec: answer ? narrowed : spec };
}
