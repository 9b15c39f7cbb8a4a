import { useMutation, useQuery } from "@tanstack/react-query";
import { get, of, send } from "@/api/http";
import type { Of } from "@/api/schemas";
import { useSession } from "@/hooks/useSession";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { useSay } from "@/words/say";
import { useRefresh } from "../behind/useBehind";
import type { MapDocument } from "../document";

export type Moments = Of<"MapMoments">;
export type Proposed = Moments["moments"][number];
export type Kind = "commercial" | "service";

/** What is proposed as moments of truth, with what speaks for it, and what was decided. */
export function useMoments(id: string) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return useQuery({
    queryKey: ["map-moments", ws, id, lang],
    queryFn: ({ signal }) => get<Moments>(of(ws, "maps", id, "moments"), { lang }, signal),
    retry: false,
  });
}

/** Accept a step as a moment of truth, or refuse it (no kind), with a reason: an edit of the map like any other. */
export function useDecide(id: string) {
  const ws = useWorkspaceName();
  const person = useSession().data?.person;
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ one, kind, reason }: { one: Proposed; kind: Kind | null; reason: string }) => {
      const on = new Date().toLocaleDateString("sv-SE"); // the day here, as ISO-8601
      const seen = one.driver && { weight: one.driver.weight, low: one.driver.low, high: one.driver.high };
      const by = person?.name || person?.email || undefined;
      const verdict = { reason: reason || undefined, by, on, ...seen };
      const edit = kind ? { edit: "accept_moment", moment: kind } : { edit: "refuse_moment" };
      return send("POST", of(ws, "maps", id, "edits"), { ...edit, step: one.step, verdict });
    },
    onSuccess: refresh,
  });
}

/** How many steps the cards of a map propose, of those that nobody has decided on. */
export function proposedOn(map: MapDocument): number {
  const lanes = new Set(map.lanes?.filter((lane) => lane.role === "moments").map((lane) => lane.key));
  const decided = new Set(map.verdicts?.map((one) => one.step));
  for (const step of map.steps ?? []) if (step.moment) decided.add(step.key);
  const cards = map.cards?.filter((card) => lanes.has(card.lane) && card.kind === "insight") ?? [];
  return new Set(cards.map((card) => card.step).filter((step) => !decided.has(step))).size;
}
