import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { get, of, send } from "@/api/http";
import type { Of } from "@/api/schemas";
import { useSay } from "@/words/say";
import { keep } from "./keeping";
import { useWorkspaceName } from "./useWorkspace";

export type BellItem = Of<"BellItem">;

const EVERY_MS = 60_000;

/** How much under the bell of whoever is here is new. */
export function useBellNew() {
  const ws = useWorkspaceName();
  return useQuery({
    queryKey: ["bell", ws, "new"],
    queryFn: ({ signal }) => get<Of<"BellNew">>(of(ws, "bell", "new"), undefined, signal),
    refetchInterval: EVERY_MS,
    refetchOnWindowFocus: true,
    staleTime: EVERY_MS / 6,
  });
}

/** What is under the bell. */
export function useBell() {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return useQuery({
    queryKey: ["bell", ws, "items", lang],
    queryFn: ({ signal }) => get<Of<"Bell">>(of(ws, "bell"), { lang }, signal),
  });
}

/** Say what was read: some of it, what was said on a map, or all. */
export function useReadBell() {
  const ws = useWorkspaceName();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (read: Of<"ReadBell">) => send<Of<"BellNew">>("POST", of(ws, "bell", "read"), read),
    onSuccess: async (left) => {
      client.invalidateQueries({ queryKey: ["bell", ws, "items"] });
      await keep(client, ["bell", ws, "new"], left);
    },
  });
}
