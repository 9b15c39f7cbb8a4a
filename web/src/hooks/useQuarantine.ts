import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { get, of, send } from "@/api/http";
import type { Of } from "@/api/schemas";
import { useSay } from "@/words/say";
import { useWorkspaceName } from "./useWorkspace";

const PAGE = 25;

/** The rows that were set aside, newest first; of one reason where one is named. */
export function useQuarantine(reason: string | null) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return useInfiniteQuery({
    queryKey: ["quarantine", ws, reason, lang],
    queryFn: ({ pageParam, signal }) =>
      get<Of<"Waiting">>(of(ws, "quarantine"), { lang, reason, after: pageParam, limit: PAGE }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
}

export function useQuarantineActions() {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  const client = useQueryClient();
  const onSuccess = () => {
    for (const key of ["quarantine", "sources", "catalogue", "workspace"])
      client.invalidateQueries({ queryKey: [key, ws] });
  };
  const mend = useMutation({
    mutationFn: (mapping: Record<string, unknown>) =>
      send<Of<"Report">>("POST", of(ws, "quarantine", "mend"), { mapping }, { lang }),
    onSuccess,
  });
  const drop = useMutation({
    mutationFn: (id: string) => send<Of<"Dropped">>("POST", of(ws, "quarantine", id, "drop")),
    onSuccess,
  });
  const dropAll = useMutation({
    mutationFn: (reason: string) => send<Of<"Dropped">>("POST", of(ws, "quarantine", "drop-all"), { reason }),
    onSuccess,
  });
  return { mend, drop, dropAll };
}
