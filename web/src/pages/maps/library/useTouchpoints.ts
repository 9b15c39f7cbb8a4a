import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { get, of, send } from "@/api/http";
import type { Of } from "@/api/schemas";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { useSay } from "@/words/say";

export type LibraryTouchpoint = Of<"LibraryTouchpoint">;
export type TouchpointChannel = Of<"TouchpointChannel">;
type Library = Of<"TouchpointLibrary">;

/** Online or in a place: as a touchpoint says itself, else as its channels do where they agree. */
export function placeOf(one: LibraryTouchpoint, channels: TouchpointChannel[]): "online" | "offline" | null {
  if (one.online !== null) return one.online ? "online" : "offline";
  const said = new Set(channels.filter(({ key }) => one.channels.includes(key)).map(({ online }) => online));
  return said.size === 1 ? (said.has(true) ? "online" : "offline") : null;
}

/** The id of a new touchpoint, from what it is called; empty where nothing is left of it. */
export const idOf = (name: string): string =>
  name
    .trim()
    .toLocaleLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "");

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
