import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { get, send } from "@/api/http";
import type { Of } from "@/api/schemas";

const KEY = ["tokens"];

/** The tokens with which one's own programs act. */
export function useTokens() {
  return useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => get<Of<"TokenSeen">[]>("/api/tokens", undefined, signal),
  });
}

export function useTokenActions() {
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries({ queryKey: KEY });
  const create = useMutation({
    mutationFn: (token: Of<"NewToken">) => send<Of<"MadeToken">>("POST", "/api/tokens", token),
    onSuccess,
  });
  const revoke = useMutation({
    mutationFn: (id: string) => send<void>("DELETE", `/api/tokens/${encodeURIComponent(id)}`),
    onSuccess,
  });
  return { create, revoke };
}
