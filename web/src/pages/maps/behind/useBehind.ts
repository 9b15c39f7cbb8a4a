import {
  type QueryClient,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { get, of, send } from "@/api/http";
import type { Of } from "@/api/schemas";
import type { CustomerList } from "@/api/types";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { useSay } from "@/words/say";

export type BehindStep = Of<"BehindStep">;
export type BehindCell = Of<"BehindCell">;
export type BehindTile = Of<"BehindTile">;
export type BehindCard = Of<"BehindCard">;
export type EvidenceShown = Of<"EvidenceShown">;
export type MapFresh = Of<"MapFresh">;

/** Where in a map: a cell by its lane and step, a whole step, or the head, by the key of one of its numbers. */
export interface Chosen {
  /** Empty: the head of the map. */
  step: string;
  /** The lane whose cell was chosen; none: the step. */
  lane?: string;
  /** A number of the head. */
  binding?: string;
}

const PAGE = 50;

/** Everything that is behind a step, or the head, in one answer. */
export function useBehind(id: string, { step, lane }: Chosen) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return useQuery({
    queryKey: ["map-behind", ws, id, step, lane, lang],
    queryFn: ({ signal }) =>
      get<BehindStep>(of(ws, "maps", id, "behind"), { step: step || undefined, lane, lang }, signal),
    retry: false,
  });
}

/** Who is behind a number of a map, a page at a time. */
export function useMapCustomers(id: string, { step, lane, binding }: Chosen) {
  const ws = useWorkspaceName();
  return useInfiniteQuery({
    queryKey: ["map-customers", ws, id, step, lane, binding],
    queryFn: ({ pageParam, signal }) =>
      get<CustomerList>(
        of(ws, "maps", id, "customers"),
        { step: step || undefined, lane, binding, after: pageParam, limit: PAGE },
        signal,
      ),
    initialPageParam: 0,
    getNextPageParam: (page) => page.next,
    retry: false,
  });
}

/** How far a map can be relied on. */
export function useFreshness(id: string) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return useQuery({
    queryKey: ["map-freshness", ws, id, lang],
    queryFn: ({ signal }) => get<MapFresh>(of(ws, "maps", id, "freshness"), { lang }, signal),
    retry: false,
  });
}

/** Everything that shows what the data say to a map. */
const SHOWS = [
  "map",
  "map-answers",
  "map-behind",
  "map-choices",
  "map-customers",
  "map-evidence",
  "map-freshness",
  "map-moments",
  "map-picture",
];

/** What edits are made from: the next one is not made before this is known anew. */
const GROUND = new Set(["map", "map-behind"]);

/** Let everything that shows a map ask anew; it is over once what edits are made from has been answered. */
export async function anew(client: QueryClient, ws: string): Promise<void> {
  const asked = SHOWS.map((key) => [key, client.invalidateQueries({ queryKey: [key, ws] })] as const);
  await Promise.all(asked.flatMap(([key, answered]) => (GROUND.has(key) ? answered : [])));
}

export function useRefresh() {
  const ws = useWorkspaceName();
  const client = useQueryClient();
  return () => anew(client, ws);
}

/** Say that the numbers of a map have been looked through. */
export function useSee(id: string) {
  const ws = useWorkspaceName();
  const refresh = useRefresh();
  return useMutation({
    mutationFn: () => send<MapFresh>("POST", of(ws, "maps", id, "seen")),
    onSuccess: refresh,
  });
}

/** One edit of a map; whatever shows it asks anew, and it is pending until the next one can be made from that. */
export function useEdit(id: string) {
  const ws = useWorkspaceName();
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (edit: { edit: string; [argument: string]: unknown }) =>
      send<Of<"MapEdited">>("POST", of(ws, "maps", id, "edits"), edit),
    onSettled: refresh,
  });
}
