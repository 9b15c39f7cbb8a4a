import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { get, of } from "@/api/http";
import type { EventName } from "@/api/types";
import { useSay } from "@/words/say";
import { useWorkspaceName } from "./useWorkspace";

/** The event names that hold a text, the most frequent first. */
export function useEvents(search = "") {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return useQuery({
    queryKey: ["events", ws, search, lang],
    queryFn: ({ signal }) => get<EventName[]>(of(ws, "events"), { search, lang }, signal),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
}
