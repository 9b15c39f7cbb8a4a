import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { get, of, send } from "@/api/http";
import type { Of } from "@/api/schemas";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { useSay } from "@/words/say";
import type { MapOf } from "../useMaps";
import type { About } from "./panel";

export type MapDiff = Of<"MapDiff">;
export type DiffRow = Of<"DiffRow">;
export type MapPair = Of<"MapPair">;

/** What was done to a map, or to a part of it, the newest first. */
export function useHistory(id: string, about: About | null) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  const of_part = about && about.part !== "map" ? { part: about.part, key: about.key } : {};
  return useQuery({
    queryKey: ["map-history", ws, id, lang, of_part],
    queryFn: ({ signal }) =>
      get<Of<"MapHistory">>(of(ws, "maps", id, "history"), { lang, ...of_part }, signal),
    retry: false,
  });
}

/** What is otherwise in one of two: `now`, the number of a version, or the id of another map. */
export function useDiff(id: string, before: string, after: string) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return useQuery({
    queryKey: ["map-history", ws, id, "diff", lang, before, after],
    queryFn: ({ signal }) =>
      get<MapDiff>(of(ws, "maps", id, "diff"), { lang, with: before, of: after }, signal),
    enabled: before !== after,
    retry: false,
  });
}

/** The other map of a pair: how the journey is, or how it is meant to be. */
export function usePairs(id: string) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return useQuery({
    queryKey: ["map-pairs", ws, id, lang],
    queryFn: ({ signal }) => get<MapPair[]>(of(ws, "maps", id, "pairs"), { lang }, signal),
    retry: false,
  });
}

export function useVersionActions(id: string) {
  const ws = useWorkspaceName();
  const client = useQueryClient();
  const { lang } = useSay();
  const look = () => {
    for (const kind of ["map", "map-picture", "map-answers", "map-history", "map-reviews", "map-pairs"]) {
      client.invalidateQueries({ queryKey: [kind, ws, id] });
    }
    client.invalidateQueries({ queryKey: ["maps", ws] });
  };
  const made = (path: string) => ({
    mutationFn: (body: unknown) => send<MapOf>("POST", of(ws, "maps", id, path), body, { lang }),
    onSuccess: look,
  });
  const publish = useMutation(made("versions"));
  const restore = useMutation(made("restore"));
  const toBe = useMutation(made("to-be"));
  const edit = useMutation({
    mutationFn: (edit: Record<string, unknown>) => send<unknown>("POST", of(ws, "maps", id, "edits"), edit),
    onSuccess: look,
  });
  return { publish, restore, toBe, edit };
}
