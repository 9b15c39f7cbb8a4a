import { useQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import { get, of } from "@/api/http";
import type { Of } from "@/api/schemas";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { useSay } from "@/words/say";
import { useTouchpoints } from "../library/useTouchpoints";

interface Named {
  id?: string;
  key?: string;
  name: Record<"zh" | "en", string>;
}

/** What touchpoints and channels are called: in the list of all maps, or in the map's journey model; else their ids. */
export function useNames(model: string | undefined): (id: string) => string {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  const found = useQuery({
    queryKey: ["models", ws, "one", model],
    queryFn: ({ signal }) => get<Of<"ModelOf">>(of(ws, "models", model ?? ""), undefined, signal),
    enabled: model !== undefined,
  });
  const library = useTouchpoints().data;
  const document = found.data?.document as { touchpoints?: Named[]; channels?: Named[] } | undefined;
  return useCallback(
    (id: string) => {
      const all = [...(document?.touchpoints ?? []), ...(document?.channels ?? [])];
      return (
        library?.touchpoints.find((one) => one.id === id)?.name[lang] ??
        library?.channels.find((one) => one.key === id)?.name ??
        all.find((one) => (one.id ?? one.key) === id)?.name?.[lang] ??
        id
      );
    },
    [library, document, lang],
  );
}
