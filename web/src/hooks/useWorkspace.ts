import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useParams } from "react-router";
import { get, of, send } from "@/api/http";
import type { Of } from "@/api/schemas";
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

/** Give the workspace another title or time zone: every answer may be another then. */
export function useWorkspaceSettings() {
  const name = useWorkspaceName();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (settings: Of<"Settings">) => send<Workspace>("PUT", of(name, "settings"), settings),
    onSuccess: () => client.invalidateQueries(),
  });
}
