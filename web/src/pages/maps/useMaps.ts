import { notifications } from "@mantine/notifications";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { get, of, send, text } from "@/api/http";
import type { Of } from "@/api/schemas";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { useDark } from "@/theme/useDark";
import { useSay } from "@/words/say";
import { usePerspective } from "./perspective";
import { lookOf, useView, type View } from "./view";

export type MapRow = Of<"MapRow">;
export type MapModel = Of<"MapModel">;
export type MapOf = Of<"MapOf">;
export type MapAnswers = Of<"MapAnswers">;
export type MapCell = Of<"MapCell">;
export type MapQuote = Of<"MapQuote">;
export type MapDrawing = Of<"MapDrawing">;

export function useMaps() {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return useQuery({
    queryKey: ["maps", ws, lang],
    queryFn: ({ signal }) => get<Of<"Maps">>(of(ws, "maps"), { lang }, signal),
  });
}

export function useMap(id: string) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return useQuery({
    queryKey: ["map", ws, id, lang],
    queryFn: ({ signal }) => get<MapOf>(of(ws, "maps", id), { lang }, signal),
    retry: false,
  });
}

/** The map as SVG, in the colours of the page, which has title and numbers of its own. */
export function usePicture(id: string, view: View) {
  const ws = useWorkspaceName();
  const say = useSay();
  const dark = useDark();
  const [whose] = usePerspective();
  const query = {
    ...lookOf(view, whose.who),
    ...whose,
    lang: view.lang ?? say.lang,
    dark: dark || undefined,
    headed: false,
  };
  return useQuery({
    queryKey: ["map-picture", ws, id, query],
    queryFn: ({ signal }) => text(of(ws, "maps", id, "picture"), query, signal),
    placeholderData: keepPreviousData,
    retry: false,
  });
}

export function useMapAnswers(id: string) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  const [whose] = usePerspective();
  const [{ weighted }] = useView();
  const query = { lang, ...whose, ...(weighted ? {} : { weighted }) };
  return useQuery({
    queryKey: ["map-answers", ws, id, query],
    queryFn: ({ signal }) => get<MapAnswers>(of(ws, "maps", id, "answers"), query, signal),
    retry: false,
  });
}

/** What may be done with maps; each tells everything that shows them. */
export function useMapActions() {
  const ws = useWorkspaceName();
  const client = useQueryClient();
  const { lang } = useSay();
  const onSuccess = () => client.invalidateQueries({ queryKey: ["maps", ws] });
  const draw = useMutation({
    mutationFn: (drawing: MapDrawing) => send<MapOf>("POST", of(ws, "maps", "draw"), drawing, { lang }),
    onSuccess,
  });
  const remove = useMutation({
    mutationFn: (id: string) => send<void>("DELETE", of(ws, "maps", id)),
    // what is asked of the map itself is asked no more
    onSuccess: (_, id) =>
      client.invalidateQueries({
        queryKey: ["maps", ws],
        predicate: ({ queryKey }) => !queryKey.includes(id),
      }),
    onError: (error) => notifications.show({ message: error.message, color: "red" }),
  });
  return { draw, remove };
}
