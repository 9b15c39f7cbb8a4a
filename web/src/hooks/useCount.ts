import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { of, send } from "@/api/http";
import type { Counted } from "@/api/types";
import { useWorkspaceName } from "./useWorkspace";

/** How many customers and events satisfy a condition; asked as it is typed. */
export function useCount(where: string, enabled = true) {
  const ws = useWorkspaceName();
  return useQuery({
    queryKey: ["count", ws, where],
    queryFn: ({ signal }) => send<Counted>("POST", of(ws, "count"), { where }, undefined, signal),
    enabled: enabled && where.trim() !== "",
    placeholderData: keepPreviousData,
    retry: false,
  });
}
