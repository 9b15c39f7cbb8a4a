import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { get, of, send } from "@/api/http";
import type { Of } from "@/api/schemas";
import { useSay } from "@/words/say";
import { useWorkspaceName } from "./useWorkspace";

export type Change = Of<"lvtu__service__identity__schemas__Change">;

/** What changes who is who: the address's last part and what is sent. */
export interface Asking {
  what: "join" | "unjoin" | "accept" | "rules";
  body: unknown;
}

/** Who is who, at a glance. */
export function useIdentity(enabled: boolean) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return useQuery({
    queryKey: ["identity", ws, "summary", lang],
    queryFn: ({ signal }) => get<Of<"Summary">>(of(ws, "identity"), { lang }, signal),
    enabled,
  });
}

/** Every join that was stored, newest first. */
export function useJoins() {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return useInfiniteQuery({
    queryKey: ["identity", ws, "joins", lang],
    queryFn: ({ pageParam, signal }) =>
      get<Of<"Edges">>(of(ws, "identity", "edges"), { lang, before: pageParam, limit: 20 }, signal),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
  });
}

/** The proposed joins that wait for somebody to decide; or all, those that were decided too. */
export function useProposals(all: boolean) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return useQuery({
    queryKey: ["identity", ws, "proposals", all, lang],
    queryFn: ({ signal }) => get<Of<"Proposals">>(of(ws, "identity", "proposals"), { lang, all }, signal),
    placeholderData: keepPreviousData,
  });
}

/** Looks at what a change would mean; nothing is stored. */
export function usePreview(asking: Asking | null) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return useQuery({
    queryKey: ["identity", ws, "preview", asking, lang],
    queryFn: () =>
      send<Change>("POST", of(ws, "identity", asking?.what ?? "", "preview"), asking?.body, { lang }),
    enabled: asking !== null,
    gcTime: 0,
    retry: false,
  });
}

export function useIdentityActions() {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  const client = useQueryClient();
  const onSuccess = () =>
    client.invalidateQueries({ predicate: ({ queryKey: [what] }) => what !== "session" });
  const change = useMutation({
    mutationFn: ({ what, body }: Asking) =>
      send<Change>(what === "rules" ? "PUT" : "POST", of(ws, "identity", what), body, { lang }),
    onSuccess,
  });
  const reject = useMutation({
    mutationFn: (numbers: number[]) =>
      send<Of<"Proposals">>("POST", of(ws, "identity", "reject"), { numbers }, { lang }),
    onSuccess,
  });
  return { change, reject };
}
