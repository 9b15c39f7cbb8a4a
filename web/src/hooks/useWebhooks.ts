import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { get, of, send } from "@/api/http";
import type { Of } from "@/api/schemas";
import { useSay } from "@/words/say";
import { useWorkspaceName } from "./useWorkspace";

export type Webhook = Of<"WebhookOf">;
const AGAIN_MS = 3_000;

/** The addresses that messages are sent to. */
export function useWebhooks() {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return useQuery({
    queryKey: ["webhooks", ws, lang],
    queryFn: ({ signal }) => get<Webhook[]>(of(ws, "webhooks"), { lang }, signal),
  });
}

/** What was sent to one of them; while something waits it is looked at again. */
export function useDeliveries(id: string | null) {
  const ws = useWorkspaceName();
  return useInfiniteQuery({
    queryKey: ["deliveries", ws, id],
    queryFn: ({ pageParam, signal }) =>
      get<Of<"Deliveries">>(
        of(ws, "webhooks", id ?? "", "deliveries"),
        { before: pageParam, limit: 20 },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    enabled: id !== null,
    refetchInterval: ({ state }) =>
      state.data?.pages[0]?.deliveries.some((one) => one.state === "waiting") ? AGAIN_MS : false,
  });
}

export function useWebhookActions() {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries({ queryKey: ["webhooks", ws] });
  const logged = () => client.invalidateQueries({ queryKey: ["deliveries", ws] });
  const add = useMutation({
    mutationFn: (wanted: { url: string; types: string[]; description: string }) =>
      send<Of<"WebhookMade">>("POST", of(ws, "webhooks"), wanted, { lang }),
    onSuccess,
  });
  const change = useMutation({
    mutationFn: ({ id, ...changed }: { id: string; enabled: boolean }) =>
      send<Webhook>("PATCH", of(ws, "webhooks", id), changed, { lang }),
    onSuccess,
  });
  const remove = useMutation({
    mutationFn: (id: string) => send<void>("DELETE", of(ws, "webhooks", id)),
    onSuccess,
  });
  const renew = useMutation({
    mutationFn: (id: string) =>
      send<Of<"WebhookMade">>("POST", of(ws, "webhooks", id, "secret"), undefined, { lang }),
  });
  const test = useMutation({
    mutationFn: (id: string) => send<Of<"DeliveryOf">>("POST", of(ws, "webhooks", id, "test")),
    onSuccess: logged,
  });
  const again = useMutation({
    mutationFn: ({ id, delivery }: { id: string; delivery: string }) =>
      send<Of<"DeliveryOf">>("POST", of(ws, "webhooks", id, "deliveries", delivery, "redeliver")),
    onSuccess: logged,
  });
  return { add, change, remove, renew, test, again };
}
