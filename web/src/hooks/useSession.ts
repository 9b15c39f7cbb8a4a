import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { get, protect, send } from "@/api/http";
import type { Of } from "@/api/schemas";
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

/** Whose password a link sets. */
export function useLink(key: string) {
  return useQuery({
    queryKey: ["link", key],
    queryFn: () => send<Of<"LinkSeen">>("POST", "/api/session/link", { key }),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useSetPassword() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (given: Of<"FirstPassword">) => send<Session>("POST", "/api/session/password", given),
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
