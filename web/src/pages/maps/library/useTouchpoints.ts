import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { get, of, send } from "@/api/http";
import type { Of } from "@/api/schemas";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { useSay } from "@/words/say";

export type LibraryTouchpoint = Of<"LibraryTouchpoint">;
export type TouchpointChannel = Of<"TouchpointChannel">;
type Library = Of<"TouchpointLibrary">;

export function useTouchpoints() {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return useQuery({
    queryKey: ["maps", ws, "touchpoints", lang],
    queryFn: ({ signal }) => get<Library>(of(ws, "maps", "touchpoints"), { lang }, signal),
  });
}

/** What may be done with touchpoints; what shows maps is told, as all of them may be otherwise. */
export function useTouchpointActions() {
  const ws = useWorkspaceName();
  const client = useQueryClient();
  const { lang } = useSay();
  const onSuccess = () =>
    Promise.all(
      ["maps", "map-picture", "models", "model"].map((key) =>
        client.invalidateQueries({ queryKey: [key, ws] }),
      ),
    );
  const add = useMutation({
    mutationFn: (made: Of<"NewTouchpoint">) =>
      send<Library>("POST", of(ws, "maps", "touchpoints"), made, { lang }),
    onSuccess,
  });
  const change = useMutation({
    mutationFn: ({ id, changes }: { id: string; changes: Of<"TouchpointChanges"> }) =>
      send<Library>("PATCH", of(ws, "maps", "touchpoints", id), changes, { lang }),
    onSuccess,
  });
  const remove = useMutation({
    mutationFn: (id: string) =>
      send<Library>("DELETE", of(ws, "maps", "touchpoints", id), undefined, { lang }),
    onSuccess,
  });
  return { add, change, remove };
}
