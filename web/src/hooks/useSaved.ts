import { useQuery } from "@tanstack/react-query";
import { get, of } from "@/api/http";
import type { Named } from "@/api/types";
import { useSay } from "@/words/say";
import { useWorkspaceName } from "./useWorkspace";

function useNamed(what: "segments" | "metrics" | "models") {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return useQuery({
    queryKey: [what, ws, lang],
    queryFn: ({ signal }) => get<Named[]>(of(ws, what), { lang }, signal),
    staleTime: 60_000,
  });
}

/** The segments that are kept in the workspace. */
export const useSegments = () => useNamed("segments");

/** The metrics of the catalogue. */
export const useMetrics = () => useNamed("metrics");

/** The journey models. */
export const useModels = () => useNamed("models");
