import { useMutation } from "@tanstack/react-query";
import { get, of } from "@/api/http";
import type { Of } from "@/api/schemas";
import { useSession } from "@/hooks/useSession";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import type { MapDocument } from "@/pages/maps/document";
import { useSay } from "@/words/say";
import { setTour } from "./state";
import { type Facts, stopsOf } from "./stops";

const SIMULATED = "simulated";
/** Who clicked, chatted and wrote a review: everything on one line. */
const BUSY = "did 'Product Viewed' and did 'Chat Started' and did 'Review Posted'";

/** Begins a tour of a map: what there is to show is looked up first. */
export function useStartTour(map: string) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  const names = useSession().data?.workspaces.map((one) => one.name) ?? [];
  return useMutation({
    mutationFn: async () => {
      const [of_, answers, segments] = await Promise.all([
        get<Of<"MapOf">>(of(ws, "maps", map), { lang }),
        get<Of<"MapAnswers">>(of(ws, "maps", map, "answers"), { lang }),
        get<Of<"SegmentName">[]>(of(ws, "segments"), { lang }),
      ]);
      const document = of_.document as unknown as MapDocument;
      const cells = answers.cells.filter((one) => one.lane !== null && one.step !== null);
      const found = cells.find((one) => one.worse) ?? cells.find((one) => !one.few);
      const bare = document.cards?.find((one) => !one.evidence?.length && one.text);
      const own = segments.find((one) => one.version !== null);
      const simulated = names.includes(SIMULATED) ? await simulatedOf(lang) : undefined;
      const facts: Facts = {
        ws,
        map,
        weighted: answers.weighted,
        ...(found && { finding: { ...found, lane: found.lane ?? "", step: found.step ?? "" } }),
        ...(own && { segment: own.name }),
        ...(bare && { assumption: bare.key }),
        ...(simulated && { simulated }),
      };
      return stopsOf(facts);
    },
    onSuccess: (stops) => setTour({ stops, at: 0 }),
  });
}

async function simulatedOf(lang: string): Promise<Facts["simulated"]> {
  const [maps, some] = await Promise.all([
    get<Of<"Maps">>(of(SIMULATED, "maps"), { lang }),
    get<Of<"Customers">>(of(SIMULATED, "customers"), { segment: BUSY, limit: 200 }),
  ]);
  // Of them one whose line is short enough to be seen whole.
  const [shortest] = [...some.customers].sort((one, other) => one.events - other.events);
  const [map, customer] = [maps.maps[0]?.id, shortest?.id];
  return map && customer ? { ws: SIMULATED, map, customer } : undefined;
}
