import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { get, of, send } from "@/api/http";
import type { Of } from "@/api/schemas";
import { useAsked } from "@/hooks/useAsked";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { useSay } from "@/words/say";
import type { Behind } from "./Listening";
import type { After, Drivers, Themes, Voice } from "./types";

/** What the page is asked for, by its address. */
export const useAskedVoice = () => useAsked("by", "outcome", "scale", "kind");

export type Asked = ReturnType<typeof useAskedVoice>[0];

function useHeard<T>(part: string | null, asked: Partial<Asked>) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return useQuery({
    queryKey: ["voice", part, ws, asked, lang],
    queryFn: ({ signal }) =>
      get<T>(of(ws, ...(part ? ["voice", part] : ["voice"])), { ...asked, lang }, signal),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
}

/** What customers score. */
export function useVoice({ outcome: _, scale: __, kind: ___, ...asked }: Asked) {
  return useHeard<Voice>(null, asked);
}

/** Which experiences go with an outcome. */
export function useDrivers({ by: _, scale: __, kind: ___, ...asked }: Asked) {
  return useHeard<Drivers>("drivers", asked);
}

/** What happens after an answer. */
export function useAfter({ by: _, outcome: __, kind: ___, ...asked }: Asked) {
  return useHeard<After>("after", asked);
}

/** What customers talk about. */
export function useThemes({ by: _, outcome: __, scale: ___, ...asked }: Asked) {
  return useHeard<Themes>("themes", asked);
}

/** What those said who are behind a number. */
export function useQuotes({ spec, cell }: Behind) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return useQuery({
    queryKey: ["voice", "quotes", ws, spec, cell, lang],
    queryFn: ({ signal }) =>
      send<Of<"VoiceQuotes">>(
        "POST",
        `${of(ws, "voice", "quotes")}?lang=${lang}`,
        { spec, cell },
        undefined,
        signal,
      ),
    staleTime: 30_000,
  });
}
