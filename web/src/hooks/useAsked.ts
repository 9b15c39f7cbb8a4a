import { useSearchParams } from "react-router";
import { between, dayOf, type Range } from "@/parts/pickers/range";
import { useWorkspace } from "./useWorkspace";

/** What a page of figures is asked for; nothing is the usual period, everybody, and the default model. */
export interface Asked extends Range {
  segment: string | null;
  model: string | null;
}

const PARTS = ["since", "until", "segment", "model"] as const;

/** What the address asks for, with what else a page is asked for there, and how to ask otherwise. */
export function useAsked<More extends string = never>(
  ...more: More[]
): [Asked & Record<More, string | null>, (next: Partial<Asked & Record<More, string | null>>) => void] {
  const [search, setSearch] = useSearchParams();
  const asked = Object.fromEntries([...PARTS, ...more].map((part) => [part, search.get(part)]));
  const ask = (next: Partial<Record<string, string | null>>) =>
    setSearch(Object.entries({ ...asked, ...next }).filter(([, value]) => value) as [string, string][], {
      replace: true,
    });
  return [asked as unknown as Asked & Record<More, string | null>, ask];
}

/** All the days that the data have. */
export function useAllDays(): Range | null {
  const workspace = useWorkspace().data;
  if (!workspace?.first || !workspace.last) return null;
  const { first, last, zone } = workspace;
  return between(dayOf(first, zone), dayOf(last, zone), zone);
}
