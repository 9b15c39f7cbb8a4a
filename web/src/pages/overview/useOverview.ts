import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { get, of } from "@/api/http";
import { type Asked, useAllDays } from "@/hooks/useAsked";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { useSay } from "@/words/say";
import type { Overview } from "./types";

/** Nobody did anything in the period. */
export function silent(overview: Overview | undefined): boolean {
  return overview?.state !== "empty" && overview?.headline?.[0]?.value === 0;
}

/**
 * The workspace's journey at a glance.
 *
 * Where the usual period is silent because the data end with a long pause, all days are shown instead, and
 * `widened` says so.
 */
export function useOverview(asked: Asked) {
  const usual = useAsking(asked, true);
  const all = useAllDays();
  const widened = !asked.since && !asked.until && silent(usual.data) && all !== null;
  const whole = useAsking({ ...asked, ...(all ?? {}) }, widened);
  return { ...(widened ? whole : usual), widened };
}

function useAsking(asked: Asked, enabled: boolean) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return useQuery({
    queryKey: ["overview", ws, asked, lang],
    queryFn: ({ signal }) => get<Overview>(of(ws, "overview"), { ...asked, lang }, signal),
    enabled,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
}
