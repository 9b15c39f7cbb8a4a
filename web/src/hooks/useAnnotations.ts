import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { get, of, send } from "@/api/http";
import { useWorkspaceName } from "./useWorkspace";

export interface Annotation {
  id: string;
  version: number;
  time: string;
  text: string;
  author_name: string;
}

/** What people wrote beside times: a release, a campaign, an outage. */
export function useAnnotations() {
  const ws = useWorkspaceName();
  return useQuery({
    queryKey: ["annotations", ws],
    queryFn: ({ signal }) => get<Annotation[]>(of(ws, "annotations"), undefined, signal),
  });
}

export function useAnnotate() {
  const ws = useWorkspaceName();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (annotation: { time: string; text: string }) =>
      send<Annotation>("POST", of(ws, "annotations"), annotation),
    onSuccess: () => client.invalidateQueries({ queryKey: ["annotations", ws] }),
  });
}
