import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { get, of } from "@/api/http";
import type { Of } from "@/api/schemas";
import { useWorkspaceName } from "./useWorkspace";

const FRESH_MS = 30_000;

/** Where the data comes from; looked at again every half minute. */
export function useSources() {
  const ws = useWorkspaceName();
  return useQuery({
    queryKey: ["sources", ws],
    queryFn: ({ signal }) => get<Of<"Sources">>(of(ws, "sources"), undefined, signal),
    refetchInterval: FRESH_MS,
  });
}

/** The event names that hold a text, with their volumes. */
export function useCatalogue(search: string) {
  const ws = useWorkspaceName();
  return useQuery({
    queryKey: ["catalogue", ws, search],
    queryFn: ({ signal }) => get<Of<"Catalogue">>(of(ws, "catalogue"), { search }, signal),
    placeholderData: keepPreviousData,
  });
}

/** One event with what it carries. */
export function useCatalogued(event: string) {
  const ws = useWorkspaceName();
  return useQuery({
    queryKey: ["catalogue", ws, "event", event],
    queryFn: ({ signal }) => get<Of<"EventDetail">>(of(ws, "catalogue", event), undefined, signal),
  });
}
