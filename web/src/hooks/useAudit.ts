import { useInfiniteQuery } from "@tanstack/react-query";
import { get, of } from "@/api/http";
import type { Of } from "@/api/schemas";
import { useWorkspaceName } from "./useWorkspace";

/** Who did what, newest first. */
export function useAudit() {
  const ws = useWorkspaceName();
  return useInfiniteQuery({
    queryKey: ["audit", ws],
    queryFn: ({ pageParam, signal }) =>
      get<Of<"Entries">>(of(ws, "audit"), { before: pageParam, limit: 50 }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
}
