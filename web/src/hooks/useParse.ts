import { keepPreviousData, useQueries, useQuery } from "@tanstack/react-query";
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

/** Says conditions in words; each as it is written until that is known, and where it is none. */
export function useInWords(conditions: string[]): (condition: string) => string {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  const said = useQueries({
    queries: conditions.map((condition) => ({
      queryKey: ["parse", ws, condition, lang],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        send<Parsed>("POST", of(ws, "parse"), { condition }, { lang }, signal),
      staleTime: Number.POSITIVE_INFINITY,
      retry: false,
    })),
  });
  const words = new Map(conditions.map((condition, place) => [condition, said[place]?.data?.said]));
  return (condition) => words.get(condition) ?? condition;
}
