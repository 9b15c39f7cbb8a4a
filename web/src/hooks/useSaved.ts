import { useQuery } from "@tanstack/react-query";
import { get, of } from "@/api/http";
import type { Of } from "@/api/schemas";
import { useSay } from "@/words/say";
import { useWorkspaceName } from "./useWorkspace";

function useNamed<T>(what: "segments" | "metrics" | "models") {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return useQuery({
    queryKey: [what, ws, lang],
    queryFn: ({ signal }) => get<T[]>(of(ws, what), { lang }, signal),
    staleTime: 60_000,
  });
}

/** The segments that are kept in the workspace. */
export const useSegments = () => useNamed<Of<"SegmentName">>("segments");

/** The metrics of the catalogue. */
export const useMetrics = () => useNamed<Of<"MetricName">>("metrics");

/** The journey models. */
export const useModels = () => useNamed<Of<"ModelName">>("models");
