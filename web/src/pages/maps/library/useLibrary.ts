import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { get, of, send, text } from "@/api/http";
import type { Of } from "@/api/schemas";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { useDark } from "@/theme/useDark";
import { useSay } from "@/words/say";
import type { MapOf } from "../useMaps";

export type LibraryMap = Of<"LibraryMap">;
export type MapTemplateRow = Of<"MapTemplateRow">;
export type MapNesting = Of<"MapNesting">;

export function useLibrary() {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return useQuery({
    queryKey: ["maps", ws, "library", lang],
    queryFn: ({ signal }) => get<Of<"MapLibrary">>(of(ws, "maps", "library"), { lang }, signal),
  });
}

export function useTemplates() {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return useQuery({
    queryKey: ["maps", ws, "templates", lang],
    queryFn: ({ signal }) => get<Of<"MapTemplates">>(of(ws, "maps", "templates"), { lang }, signal),
  });
}

/** A template at a glance, as SVG in the colours of the page. */
export function usePreview(key: string) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  const dark = useDark();
  return useQuery({
    queryKey: ["map-preview", ws, key, lang, dark],
    queryFn: ({ signal }) =>
      text(of(ws, "maps", "templates", key, "preview"), { lang, dark: dark ? 1 : undefined }, signal),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Where a map stands: what is above it, and what tells its steps in detail. */
export function useNesting(id: string) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return useQuery({
    queryKey: ["maps", ws, "nesting", id, lang],
    queryFn: ({ signal }) => get<MapNesting>(of(ws, "maps", id, "nesting"), { lang }, signal),
    retry: false,
  });
}

/** What may be done in the library; each tells everything that shows maps. */
export function useLibraryActions() {
  const ws = useWorkspaceName();
  const client = useQueryClient();
  const { lang } = useSay();
  const onSuccess = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: ["maps", ws] }),
      client.invalidateQueries({ queryKey: ["map", ws] }),
      client.invalidateQueries({ queryKey: ["programmes", ws] }), // their gates ask for the state of their map
    ]);
  const begin = useMutation({
    mutationFn: ({ key, title }: { key: string; title: string }) =>
      send<MapOf>("POST", of(ws, "maps", "templates", key), { title: title || null }, { lang }),
    onSuccess,
  });
  const describe = useMutation({
    mutationFn: ({ id, fields }: { id: string; fields: Record<string, unknown> }) =>
      send("POST", of(ws, "maps", id, "edits"), { edit: "describe", fields }),
    onSuccess,
  });
  const nest = useMutation({
    mutationFn: ({ id, step, map }: { id: string; step: string; map: string | null }) =>
      send<MapNesting>("PUT", of(ws, "maps", id, "steps", step, "child"), { map }, { lang }),
    onSuccess,
  });
  return { begin, describe, nest };
}
