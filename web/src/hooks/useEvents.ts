import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { get, of } from "@/api/http";
import type { EventName } from "@/api/types";
import { useWorkspaceName } from "./useWorkspace";

/** The event names that hold a text, the most frequent first. */
export function useEvents(search = "") {
  const ws = useWorkspaceName();
  return useQuery({
    queryKey: ["events", ws, search],
    queryFn: ({ signal }) => get<EventName[]>(of(ws, "events"), { search }, signal),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
}
