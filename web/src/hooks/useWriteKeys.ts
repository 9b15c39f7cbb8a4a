import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { get, of, send } from "@/api/http";
import type { Of } from "@/api/schemas";
import { useWorkspaceName } from "./useWorkspace";

/** The keys with which programs send events. */
export function useWriteKeys() {
  const ws = useWorkspaceName();
  return useQuery({
    queryKey: ["write-keys", ws],
    queryFn: ({ signal }) => get<Of<"KeySeen">[]>(of(ws, "write-keys"), undefined, signal),
  });
}

export function useWriteKeyActions() {
  const ws = useWorkspaceName();
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries({ queryKey: ["write-keys", ws] });
  const create = useMutation({
    mutationFn: () => send<Of<"NewKey">>("POST", of(ws, "write-keys")),
    onSuccess,
  });
  const revoke = useMutation({
    mutationFn: (number: number) => send<void>("DELETE", of(ws, "write-keys", String(number))),
    onSuccess,
  });
  return { create, revoke };
}
