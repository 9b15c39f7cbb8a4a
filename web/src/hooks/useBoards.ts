import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { get, of, send } from "@/api/http";
import type { Spec } from "@/api/types";
import { useSay } from "@/words/say";
import { useWorkspaceName } from "./useWorkspace";

/** A text in both languages; one plain text is sent where it is the same in both. */
export type Words = { zh: string; en: string };

export interface Tile {
  id: string;
  title: Words | null;
  question: Spec;
  view: "chart" | "table";
  /** Place and size in a grid of twelve columns. */
  x: number;
  y: number;
  w: number;
  h: number;
}

export interface Board {
  title: Words;
  description: Words | null;
  tiles: Tile[];
  range: { since: string | null; until: string | null; last: string | null } | null;
  segment: string | null;
}

export interface BoardOf {
  id: string;
  version: number;
  board: Board;
  name: string;
  author: string | null;
  editor: string | null;
  created: string;
  updated: string;
}

/** The boards of the workspace, in their order. */
export function useBoards() {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return useQuery({
    queryKey: ["boards", ws, lang],
    queryFn: ({ signal }) => get<BoardOf[]>(of(ws, "boards"), { lang }, signal),
  });
}

const WIDTH = 6;
const HEIGHT = 4;
/** Pictures with several panes, or that are more than rows. */
const TALL = new Set(["trend", "retention", "graph", "flow", "timing", "sessions", "channels"]);
const TALL_HEIGHT = 6;

/** Puts a question at the end of a board; of a new one where none is given. */
export function useSaveToBoard() {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({
      board,
      name,
      question,
      view,
    }: {
      board: BoardOf | null;
      name: string;
      question: Spec;
      view: Tile["view"];
    }) => {
      const tiles = board?.board.tiles ?? [];
      const y = Math.max(0, ...tiles.map((tile) => tile.y + tile.h));
      const h = TALL.has(String(question.analysis)) ? TALL_HEIGHT : HEIGHT;
      const id = crypto.randomUUID();
      const tile: Tile = { id, title: null, question, view, x: 0, y, w: WIDTH, h };
      if (!board) return send<BoardOf>("POST", of(ws, "boards"), { title: name, tiles: [tile] }, { lang });
      const changed = { board: { ...board.board, tiles: [...tiles, tile] }, version: board.version };
      return send<BoardOf>("PUT", of(ws, "boards", board.id), changed, { lang });
    },
    onSettled: () => client.invalidateQueries({ queryKey: ["boards", ws] }),
  });
}
