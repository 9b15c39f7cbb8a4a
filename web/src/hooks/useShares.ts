import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { get, of, send } from "@/api/http";
import type { Of } from "@/api/schemas";
import type { Answer } from "@/api/types";
import { useDark } from "@/theme/useDark";
import { useSay } from "@/words/say";
import { useWorkspaceName } from "./useWorkspace";

type Share = Of<"ShareSeen">;

export interface Shared {
  title: string;
  created: string;
  expires: string | null;
  simulated: boolean;
  answers: { title: string; answer: Answer }[];
}

/** The links of a board that show something still. */
export function useShares(board: string, enabled: boolean) {
  const ws = useWorkspaceName();
  return useQuery({
    queryKey: ["shares", ws],
    queryFn: ({ signal }) => get<Share[]>(of(ws, "shares"), undefined, signal),
    select: (all) =>
      all.filter(
        (one) =>
          one.board === board && !one.revoked && !(one.expires && Date.parse(one.expires) < Date.now()),
      ),
    enabled,
  });
}

export function useShareActions() {
  const ws = useWorkspaceName();
  const client = useQueryClient();
  const onSettled = () => client.invalidateQueries({ queryKey: ["shares", ws] });
  const share = useMutation({
    mutationFn: (shown: Of<"NewShare">) => send<Of<"MadeShare">>("POST", of(ws, "shares"), shown),
    onSettled,
  });
  const revoke = useMutation({
    mutationFn: (id: string) => send<void>("DELETE", of(ws, "shares", id)),
    onSettled,
  });
  return { share, revoke };
}

/** What a link shows to whoever has it. */
export function useShared(key: string) {
  const { lang } = useSay();
  const dark = useDark();
  return useQuery({
    queryKey: ["shared", key, lang, dark],
    queryFn: ({ signal }) =>
      get<Shared>(`/api/shared/${encodeURIComponent(key)}`, { lang, dark: dark ? 1 : undefined }, signal),
    retry: false,
  });
}
