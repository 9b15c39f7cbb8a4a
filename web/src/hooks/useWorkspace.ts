import { useQuery } from "@tanstack/react-query";
import { useParams } from "react-router";
import { get, of } from "@/api/http";
import type { Workspace } from "@/api/types";

/** The name of the workspace that the address names. */
export function useWorkspaceName(): string {
  const { ws } = useParams();
  if (!ws) throw new Error("no workspace in the address");
  return ws;
}

/** What the workspace is called, how much it holds, and since when. */
export function useWorkspace() {
  const name = useWorkspaceName();
  return useQuery({
    queryKey: ["workspace", name],
    queryFn: ({ signal }) => get<Workspace>(of(name), undefined, signal),
    staleTime: 30_000,
  });
}
