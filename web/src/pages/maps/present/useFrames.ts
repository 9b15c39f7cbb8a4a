import {
  keepPreviousData,
  useMutation,
  useMutationState,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { get, of, send, text } from "@/api/http";
import type { Of } from "@/api/schemas";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { refused } from "@/parts/notice";
import { useDark } from "@/theme/useDark";
import { useSay } from "@/words/say";
import { usePerspective } from "../perspective";
import { lookOf, type View } from "../view";
import { edited, type FrameEdit } from "./frames";

export type MapFrame = Of<"MapFrame">;

/** What is shown one by one when a map is presented. */
export function useFrames(id: string) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return useQuery({
    queryKey: ["map-frames", ws, id, lang],
    queryFn: ({ signal }) => get<Of<"MapFrames">>(of(ws, "maps", id, "frames"), { lang }, signal),
    retry: false,
  });
}

/** A frame as SVG, counted when it is looked at. */
export function useFramePicture(id: string, view: View, frame: string | undefined) {
  const ws = useWorkspaceName();
  const say = useSay();
  const dark = useDark();
  const [whose] = usePerspective();
  const query = {
    ...lookOf(view, whose.who),
    ...whose,
    lang: say.lang,
    dark: dark || undefined,
    headed: false,
    frame,
  };
  return useQuery({
    queryKey: ["map-picture", ws, id, query],
    queryFn: ({ signal }) => text(of(ws, "maps", id, "picture"), query, signal),
    enabled: frame !== undefined,
    placeholderData: keepPreviousData,
    retry: false,
  });
}

const editsOf = (ws: string, id: string) => ["map-frame-edits", ws, id];

/** Changes of a map's frames: each is an edit of the map, which can be undone like any other. They come in order. */
export function useFrameEdits(id: string) {
  const ws = useWorkspaceName();
  const client = useQueryClient();
  return useMutation({
    mutationKey: editsOf(ws, id),
    scope: { id: editsOf(ws, id).join(" ") },
    mutationFn: (edit: FrameEdit) => send("POST", of(ws, "maps", id, "edits"), edit),
    onError: refused,
    onSettled: () => {
      client.invalidateQueries({ queryKey: ["map-picture", ws, id] });
      return Promise.all(
        ["map-frames", "map"].map((key) => client.invalidateQueries({ queryKey: [key, ws, id] })),
      );
    },
  });
}

/** Frames with the changes that are on their way: the next one is made on top of them. */
export function useEdited(id: string, frames: MapFrame[]): MapFrame[] {
  const ws = useWorkspaceName();
  const edits = useMutationState({
    filters: { mutationKey: editsOf(ws, id), status: "pending" },
    select: ({ state }) => state.variables as FrameEdit,
  });
  return edits.reduce(edited, frames);
}
