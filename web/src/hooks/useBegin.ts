import { useQuery } from "@tanstack/react-query";
import { get, of } from "@/api/http";
import type { Spec } from "@/api/types";
import { useWorkspaceName } from "./useWorkspace";

/** By analysis, a question to begin with, made of what the workspace has. */
export function useBegin() {
  const ws = useWorkspaceName();
  return useQuery({
    queryKey: ["begin", ws],
    queryFn: ({ signal }) => get<Record<string, Spec>>(of(ws, "begin"), undefined, signal),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
}
