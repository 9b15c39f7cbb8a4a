import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { get, protect, send } from "@/api/http";
import type { Session } from "@/api/types";

const KEY = ["session"];

/** Who is here, and which workspaces they may open. */
export function useSession() {
  return useQuery({
    queryKey: KEY,
    queryFn: async ({ signal }) => {
      const session = await get<Session>("/api/session", undefined, signal);
      protect(session.csrf);
      return session;
    },
    staleTime: 5 * 60_000,
  });
}

export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (who: { email: string; password: string }) => send<Session>("POST", "/api/session", who),
    onSuccess: () => client.invalidateQueries({ queryKey: KEY }),
  });
}

export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => send<void>("DELETE", "/api/session"),
    onSuccess: () => client.resetQueries(),
  });
}
