import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { of, send } from "@/api/http";
import type { Answer, Spec } from "@/api/types";
import { useDark } from "@/theme/useDark";
import { useSay } from "@/words/say";
import { useWorkspaceName } from "./useWorkspace";

export interface Stretch {
  since: string | null;
  until: string | null;
}

/** What is compared: two segments (names, or conditions on customers), or two stretches of time. */
export type Sides = { by: "segments"; a: string; b: string } | { by: "periods"; a: Stretch; b: Stretch };

export interface Comparison {
  sentence: string;
  a: Answer;
  b: Answer;
  /** Says whether the two differ by more than chance, where that can be told. */
  tested: Answer | null;
}

/** The same question of two segments, or of two stretches of time. */
export function useComparison(analysis: string, spec: Spec | null, sides: Sides | null) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  const dark = useDark();
  return useQuery({
    queryKey: ["comparison", ws, analysis, spec, sides, lang, dark],
    queryFn: ({ signal }) =>
      send<Comparison>(
        "POST",
        of(ws, "analyses", analysis, "compare"),
        { spec, ...told(sides) },
        { lang, dark: dark ? 1 : undefined },
        signal,
      ),
    enabled: spec !== null && sides !== null,
    placeholderData: keepPreviousData,
    retry: false,
  });
}

/** A day's beginning is said as the day, which is how the answer then names it. */
function told(sides: Sides | null): object | null {
  if (sides?.by !== "periods") return sides;
  const day = (time: string | null) => time?.replace(/T00:00:00Z$/, "") ?? null;
  const side = ({ since, until }: Stretch) => ({ since: day(since), until: day(until) });
  return { by: sides.by, a: side(sides.a), b: side(sides.b) };
}
