import { useQuery } from "@tanstack/react-query";
import { get, of } from "@/api/http";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { useSay } from "@/words/say";
import type { Kind } from "./types";

/** The kinds of data that people begin with, each with an example. */
export function useKinds() {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return useQuery({
    queryKey: ["kinds", ws, lang],
    queryFn: ({ signal }) => get<Kind[]>(of(ws, "start"), { lang }, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** The rows of an example, its head first; the examples hold no quoted text that a comma would split. */
export function useExample(kind: Kind | undefined) {
  return useQuery({
    queryKey: ["example", kind?.example],
    queryFn: async ({ signal }) => {
      const answer = await fetch(kind?.example ?? "", { signal });
      return answer.blob();
    },
    enabled: kind !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
}
