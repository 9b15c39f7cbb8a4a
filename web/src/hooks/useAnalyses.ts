import { useQuery } from "@tanstack/react-query";
import { get } from "@/api/http";
import type { AnalysisForm } from "@/api/types";
import { useSay } from "@/words/say";

/** Every analysis with the fields of its question. */
export function useAnalyses() {
  const { lang } = useSay();
  return useQuery({
    queryKey: ["analyses", lang],
    queryFn: ({ signal }) => get<AnalysisForm[]>("/api/analyses", { lang }, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
}
