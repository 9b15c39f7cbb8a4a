import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { get, of, send } from "@/api/http";
import { keep } from "@/hooks/keeping";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { useSay } from "@/words/say";
import type { Decision, Pieces, Publication, Whole } from "./types";

const PAGE = 50;
/** Messages go out within seconds of a decision. */
const SOON_MS = 3_000;
const UNDER_WAY = new Set(["waiting", "sending"]);

/** The pieces that fit, a page at a time. */
export function usePieces(filters: URLSearchParams) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  const asked = new URLSearchParams([...filters].filter(([name]) => name !== "id")).toString();
  return useInfiniteQuery({
    queryKey: ["feedback", ws, asked, lang],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams(asked);
      query.set("lang", lang);
      query.set("limit", String(PAGE));
      if (pageParam) query.set("before", pageParam);
      return get<Pieces>(`${of(ws, "feedback")}?${query}`, undefined, signal);
    },
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    retry: false,
  });
}

/** One piece with all that belongs to it; while a message is under way it is looked at again. */
export function usePiece(id: string) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return useQuery({
    queryKey: ["piece", ws, id, lang],
    queryFn: ({ signal }) => get<Whole>(of(ws, "feedback", id), { lang }, signal),
    refetchInterval: ({ state }) => (UNDER_WAY.has(state.data?.message?.state ?? "") ? SOON_MS : false),
    retry: false,
  });
}

/** What may be done about a piece. */
export function usePieceActions(id: string) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  const client = useQueryClient();
  const onSuccess = (piece: Whole) => {
    client.invalidateQueries({ queryKey: ["feedback", ws] });
    client.invalidateQueries({ queryKey: ["answer", ws, "response_times"] });
    return keep(client, ["piece", ws, piece.id, lang], piece);
  };
  const decide = useMutation({
    mutationFn: (decision: Decision) => send<Whole>("PATCH", of(ws, "feedback", id), decision, { lang }),
    onSuccess,
  });
  const publish = useMutation({
    mutationFn: (words: Publication) => send<Whole>("PUT", of(ws, "feedback", id, "public"), words, { lang }),
    onSuccess,
  });
  const unpublish = useMutation({
    mutationFn: (version: number) =>
      send<Whole>("DELETE", of(ws, "feedback", id, "public"), undefined, { lang, version }),
    onSuccess,
  });
  const merge = useMutation({
    mutationFn: (into: string) => send<Whole>("PUT", of(ws, "feedback", id, "merged"), { into }, { lang }),
    onSuccess,
  });
  const split = useMutation({
    mutationFn: (other: string) =>
      send<Whole>("DELETE", of(ws, "feedback", other, "merged"), undefined, { lang }),
    onSuccess: async (piece) => {
      await onSuccess(piece);
      client.invalidateQueries({ queryKey: ["piece", ws, id] });
    },
  });
  return { decide, publish, unpublish, merge, split };
}
