import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { get, of, send } from "@/api/http";
import type { Of } from "@/api/schemas";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { useSay } from "@/words/say";
import { useRefresh } from "../behind/useBehind";

export type MapEvidence = Of<"MapEvidence">;
export type EvidenceFound = Of<"EvidenceFound">;

/** What the cards of a map rest on. */
export function useEvidence(id: string) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return useQuery({
    queryKey: ["map-evidence", ws, id, lang],
    queryFn: ({ signal }) => get<MapEvidence>(of(ws, "maps", id, "evidence"), { lang }, signal),
    retry: false,
  });
}

/** Takes out what a card says and ever said, or lets it stay. */
export function useSettleWords(id: string) {
  const ws = useWorkspaceName();
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (settled: Of<"WordsSettled">) =>
      send<MapEvidence>("POST", of(ws, "maps", id, "words"), settled),
    onSuccess: refresh,
  });
}

/** What a card at a step could rest on. */
export function useSources(id: string, step: string, search: string) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return useQuery({
    queryKey: ["map-sources", ws, id, step, search, lang],
    queryFn: ({ signal }) =>
      get<Of<"EvidenceOffered">>(of(ws, "maps", id, "sources"), { step, search, lang }, signal),
    placeholderData: keepPreviousData,
  });
}
