import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { of, send } from "@/api/http";
import type { Parsed } from "@/api/types";
import { useSay } from "@/words/say";
import { useWorkspaceName } from "./useWorkspace";

/** Whether a condition can be read, what it says in words, or where it is wrong. */
export function useParse(condition: string) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return useQuery({
    queryKey: ["parse", ws, condition, lang],
    queryFn: ({ signal }) => send<Parsed>("POST", of(ws, "parse"), { condition }, { lang }, signal),
    enabled: condition.trim() !== "",
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
}
