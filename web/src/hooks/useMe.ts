import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { get, protect, send } from "@/api/http";
import type { Of } from "@/api/schemas";
import type { Session } from "@/api/types";
import { keep } from "./keeping";

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
    onSuccess: async (me) => {
      client.invalidateQueries({ queryKey: ["session"] });
      await keep(client, ["me"], me);
    },
  });
  const password = useMutation({
    mutationFn: (words: { current: string; password: string }) =>
      send<Session>("POST", "/api/me/password", words),
    onSuccess: async (session) => {
      // All other sessions ended, and this one goes on under a new key.
      protect(session.csrf);
      client.invalidateQueries({ queryKey: ["me"] });
      await keep(client, ["session"], session);
    },
  });
  return { change, password };
}
