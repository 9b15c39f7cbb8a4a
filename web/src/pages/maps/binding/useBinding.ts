import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { get, of, send } from "@/api/http";
import type { Of } from "@/api/schemas";
import type { Spec } from "@/api/types";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { useSay } from "@/words/say";

export type Shown = Of<"Shown">;
export type BindingShows = Of<"BindingShows">;

/** A binding, as much of it as is said of it here. */
export interface Binding {
  key?: string;
  lane?: string;
  step?: string;
  title?: Record<"zh" | "en", string>;
  analysis: string;
  spec: Spec;
  value?: string | null;
  target?: { value: number; better: "up" | "down"; by?: string };
  cadence?: string;
}

/** What the places of a map can be shown with. */
export function useChoices(id: string | null) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return useQuery({
    queryKey: ["map-choices", ws, id, lang],
    queryFn: ({ signal }) => get<Of<"BindingChoices">>(of(ws, "maps", id ?? "", "choices"), { lang }, signal),
    enabled: id !== null,
    staleTime: 60_000,
    retry: false,
  });
}

type Tried = { binding: Binding } | { edit: { edit: string; [argument: string]: unknown } };

/** What the map would show; nothing is kept. */
export function usePreview(id: string | null, tried: Tried | null) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return useQuery({
    queryKey: ["map-preview", ws, id, tried, lang],
    queryFn: ({ signal }) =>
      send<BindingShows>("POST", of(ws, "maps", id ?? "", "preview"), tried, { lang }, signal),
    enabled: id !== null && tried !== null,
    placeholderData: keepPreviousData,
    retry: false,
  });
}
