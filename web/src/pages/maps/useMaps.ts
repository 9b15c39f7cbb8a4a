import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { get, of, send, text } from "@/api/http";
import type { Of } from "@/api/schemas";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { useDark } from "@/theme/useDark";
import { useSay } from "@/words/say";

export type MapRow = Of<"MapRow">;
export type MapModel = Of<"MapModel">;
export type MapOf = Of<"MapOf">;
export type MapAnswers = Of<"MapAnswers">;
export type MapCell = Of<"MapCell">;
export type MapDrawing = Of<"MapDrawing">;

/** How a map is arranged, and how it is told. */
export interface View {
  type: string;
  style: string;
}

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

/** The map as SVG, in the colours of the page. */
export function usePicture(id: string, view: View) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  const dark = useDark();
  return useQuery({
    queryKey: ["map-picture", ws, id, view, lang, dark],
    queryFn: ({ signal }) =>
      text(of(ws, "maps", id, "picture"), { ...view, lang, dark: dark ? 1 : undefined }, signal),
    placeholderData: keepPreviousData,
    retry: false,
  });
}

export function useMapAnswers(id: string) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return useQuery({
    queryKey: ["map-answers", ws, id, lang],
    queryFn: ({ signal }) => get<MapAnswers>(of(ws, "maps", id, "answers"), { lang }, signal),
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
    onSuccess,
  });
  return { draw, remove };
}
