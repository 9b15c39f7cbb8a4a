import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { get, protect, send } from "@/api/http";
import type { Of } from "@/api/schemas";
import type { Session } from "@/api/types";

/** What whoever is here says of themselves. */
export function useMe() {
  return useQuery({
    queryKey: ["me"],
    queryFn: ({ signal }) => get<Of<"MeSeen">>("/api/me", undefined, signal),
  });
}

export function useMeActions() {
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: (me: Of<"Me">) => send<Of<"MeSeen">>("PUT", "/api/me", me),
    onSuccess: (me) => {
      client.setQueryData(["me"], me);
      client.invalidateQueries({ queryKey: ["session"] });
    },
  });
  const password = useMutation({
    mutationFn: (words: { current: string; password: string }) =>
      send<Session>("POST", "/api/me/password", words),
    onSuccess: (session) => {
      // All other sessions ended, and this one goes on under a new key.
      protect(session.csrf);
      client.setQueryData(["session"], session);
      client.invalidateQueries({ queryKey: ["me"] });
    },
  });
  return { change, password };
}
