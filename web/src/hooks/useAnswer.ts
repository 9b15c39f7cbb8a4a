import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { file, of, send } from "@/api/http";
import type { Answer, Explanation, Spec } from "@/api/types";
import { useDark } from "@/theme/useDark";
import { useSay } from "@/words/say";
import { useWorkspaceName } from "./useWorkspace";

/** The answer to a question; the one before stays while the next is asked, and a stale request is cancelled. */
export function useAnswer(analysis: string, spec: Spec | null, part: string | null = null) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  const dark = useDark();
  return useQuery({
    queryKey: ["answer", ws, analysis, spec, part, lang, dark],
    queryFn: ({ signal }) =>
      send<Answer>(
        "POST",
        of(ws, "analyses", analysis),
        spec,
        { lang, part, dark: dark ? 1 : undefined },
        signal,
      ),
    enabled: spec !== null,
    placeholderData: keepPreviousData,
    retry: false,
  });
}

/** Why one customer is, or is not, in the answer. */
export function useExplain(analysis: string, spec: Spec, customer: string | null) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return useQuery({
    queryKey: ["explain", ws, analysis, spec, customer, lang],
    queryFn: ({ signal }) =>
      send<Explanation>(
        "POST",
        of(ws, "analyses", analysis, "explain"),
        { spec, customer },
        { lang },
        signal,
      ),
    enabled: customer !== null,
    retry: false,
  });
}

/** The answer as a file. */
export function useExport(analysis: string, spec: Spec | null) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return useMutation({
    mutationFn: (format: "csv" | "json" | "python") =>
      file(of(ws, "analyses", analysis, "export"), spec, { format, lang }),
  });
}
