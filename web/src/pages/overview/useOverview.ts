import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useSearchParams } from "react-router";
import { get, of } from "@/api/http";
import { useWorkspace, useWorkspaceName } from "@/hooks/useWorkspace";
import { between, dayOf, type Range } from "@/parts/pickers/range";
import { useSay } from "@/words/say";
import type { Overview } from "./types";

/** What the overview is asked for; nothing is the usual period, everybody, and the default model. */
export interface Asked extends Range {
  segment: string | null;
  model: string | null;
}

const PARTS = ["since", "until", "segment", "model"] as const;

/** What the address asks for, and how to ask otherwise. */
export function useAsked(): [Asked, (next: Partial<Asked>) => void] {
  const [search, setSearch] = useSearchParams();
  const asked = Object.fromEntries(PARTS.map((part) => [part, search.get(part)])) as unknown as Asked;
  const ask = (next: Partial<Asked>) =>
    setSearch(Object.entries({ ...asked, ...next }).filter(([, value]) => value) as [string, string][], {
      replace: true,
    });
  return [asked, ask];
}

/** All the days that the data have. */
export function useAllDays(): Range | null {
  const workspace = useWorkspace().data;
  if (!workspace?.first || !workspace.last) return null;
  const { first, last, zone } = workspace;
  return between(dayOf(first, zone), dayOf(last, zone), zone);
}

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
