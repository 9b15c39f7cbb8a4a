import { useQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import { get, of } from "@/api/http";
import type { Of } from "@/api/schemas";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { useSay } from "@/words/say";

interface Named {
  id?: string;
  key?: string;
  name: Record<"zh" | "en", string>;
}

/** What touchpoints and channels are called in the journey model of a map; by their ids where nobody says. */
export function useNames(model: string | undefined): (id: string) => string {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  const found = useQuery({
    queryKey: ["models", ws, "one", model],
    queryFn: ({ signal }) => get<Of<"ModelOf">>(of(ws, "models", model ?? ""), undefined, signal),
    enabled: model !== undefined,
  });
  const document = found.data?.document as { touchpoints?: Named[]; channels?: Named[] } | undefined;
  return useCallback(
    (id: string) => {
      const all = [...(document?.touchpoints ?? []), ...(document?.channels ?? [])];
      return all.find((one) => (one.id ?? one.key) === id)?.name?.[lang] ?? id;
    },
    [document, lang],
  );
}
