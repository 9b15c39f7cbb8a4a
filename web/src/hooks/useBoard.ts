import {
  keepPreviousData,
  type QueryClient,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { get, of, send } from "@/api/http";
import { ProblemError } from "@/api/problem";
import type { Answer, AnswerNote } from "@/api/types";
import { useDark } from "@/theme/useDark";
import { useSay } from "@/words/say";
import type { Board, BoardOf } from "./useBoards";
import { useWorkspaceName } from "./useWorkspace";

/** What lies over all tiles of a board; `last` is so far back from the last event. */
export interface Over {
  range: { since: string | null; until: string | null; last: string | null };
  segment: string;
}

export interface TileAnswer {
  id: string;
  answer: Answer | null;
  /** What went wrong, and what kind of question was asked. */
  problem: { what: string; try?: string | null; asked?: string } | null;
  notes: AnswerNote[];
}

interface BoardAnswers {
  tiles: TileAnswer[];
  token: string;
  since: string | null;
  until: string | null;
  segment: string | null;
}

/** One board as it is kept. */
export function useBoard(id: string) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return useQuery({
    queryKey: ["board", ws, id, lang],
    queryFn: ({ signal }) => get<BoardOf>(of(ws, "boards", id), { lang }, signal),
  });
}

/** The answers of all tiles, counted on one snapshot; those before stay while the next are counted. */
export function useBoardAnswers(kept: BoardOf | undefined, over: Over, newest: string | null) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  const dark = useDark();
  // Where tiles lie and what they are called changes no answer.
  const asks = kept?.board.tiles.map(({ id, question, view }) => ({ id, question, view })) ?? [];
  return useQuery({
    queryKey: ["board-answers", ws, kept?.id, asks, over, newest, lang, dark],
    queryFn: ({ signal }) =>
      send<BoardAnswers>(
        "POST",
        of(ws, "boards", kept?.id ?? "", "answers"),
        over,
        { lang, dark: dark ? 1 : undefined },
        signal,
      ),
    enabled: asks.length > 0,
    placeholderData: keepPreviousData,
    retry: false,
  });
}

/** The board as it is known at the moment, if it was opened. */
export function useShownBoard(id: string) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  const client = useQueryClient();
  return () => client.getQueryData<BoardOf>(["board", ws, id, lang]);
}

/** Changes a board at once here, and then there; a change that somebody else made meanwhile is not written over. */
export function useChangeBoard(id: string) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  const client = useQueryClient();
  const key = ["board", ws, id, lang];
  return useMutation({
    scope: { id: `board ${id}` },
    mutationFn: ({ board, over }: { board: Board; over?: number }) => {
      const version = over ?? client.getQueryData<BoardOf>(key)?.version;
      return send<BoardOf>("PUT", of(ws, "boards", id), { board, version }, { lang });
    },
    onMutate: async ({ board }) => {
      await client.cancelQueries({ queryKey: key });
      client.setQueryData<BoardOf>(key, (now) => now && { ...now, board });
    },
    onSuccess: (kept) => {
      // What was changed since waits for its own turn to be kept.
      client.setQueryData<BoardOf>(key, (now) => now && { ...kept, board: now.board });
      client.invalidateQueries({ queryKey: ["boards", ws] });
    },
    onError: (error) => {
      if (newestOf(error) === null) client.invalidateQueries({ queryKey: key });
    },
  });
}

/** The version that somebody else's change made, where that is why a change was refused. */
export function newestOf(error: Error | null): number | null {
  if (!(error instanceof ProblemError) || error.status !== 409) return null;
  return (error.body as { newest?: number }).newest ?? null;
}

/** Puts the boards in another order, at once here and then there. */
export function useOrderBoards() {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  const client = useQueryClient();
  return useMutation(ordering(client, ws, lang));
}

/** How boards are put in order: each order is made from the one before, also before that has been answered. */
export function ordering(client: QueryClient, ws: string, lang: string) {
  const mutationKey = ["order-boards", ws];
  return {
    mutationKey,
    scope: { id: mutationKey.join(" ") },
    mutationFn: (ids: string[]) => send<void>("PUT", of(ws, "boards", "order"), { ids }),
    onMutate: async (ids: string[]) => {
      await client.cancelQueries({ queryKey: ["boards", ws] });
      client.setQueryData<BoardOf[]>(
        ["boards", ws, lang],
        (now) => now && [...now].sort((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id)),
      );
    },
    onSettled: async () => {
      if (client.isMutating({ mutationKey }) === 1)
        await client.invalidateQueries({ queryKey: ["boards", ws] });
    },
  };
}

/** The ids with one of them behind the last of those that stood before it. */
export function putBack(ids: string[], id: string, before: string[]): string[] {
  const others = ids.filter((one) => one !== id);
  const at = others.findLastIndex((one) => before.includes(one)) + 1;
  return [...others.slice(0, at), id, ...others.slice(at)];
}

/** Makes, copies and removes boards; a removed one can be put back where it was. */
export function useBoardActions() {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  const client = useQueryClient();
  const onSettled = () => client.invalidateQueries({ queryKey: ["boards", ws] });
  const create = useMutation({
    mutationFn: (board: { title: string } | Board) =>
      send<BoardOf>("POST", of(ws, "boards"), board, { lang }),
    onSettled,
  });
  const duplicate = useMutation({
    mutationFn: (id: string) => send<BoardOf>("POST", of(ws, "boards", id, "duplicate"), undefined, { lang }),
    onSettled,
  });
  const remove = useMutation({
    mutationFn: (id: string) => send<void>("DELETE", of(ws, "boards", id)),
    onSettled,
  });
  const restore = useMutation({
    mutationFn: async ({ board, order, id }: { board: Board; order: string[]; id: string }) => {
      const made = await send<BoardOf>("POST", of(ws, "boards"), board, { lang });
      // It is back; where others came or went meanwhile, its place is a guess, and not worth a refusal.
      const now = await get<BoardOf[]>(of(ws, "boards"), { lang });
      const ids = putBack(
        now.map((one) => one.id),
        made.id,
        order.slice(0, order.indexOf(id)),
      );
      await send<void>("PUT", of(ws, "boards", "order"), { ids }).catch(() => undefined);
      return made;
    },
    onSettled,
  });
  return { create, duplicate, remove, restore };
}
