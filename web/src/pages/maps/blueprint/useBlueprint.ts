import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { get, of, send, text } from "@/api/http";
import type { Of } from "@/api/schemas";
import { useSession } from "@/hooks/useSession";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { useDark } from "@/theme/useDark";
import { useSay } from "@/words/say";

export type Finding = Of<"BlueprintFinding">;
export type Findings = Of<"BlueprintFindings">;
export type Rule = Of<"BlueprintRule">;
export type Lists = Of<"BlueprintLists">;
export type Dependency = Of<"BlueprintDependency">;
export type Handoff = Of<"BlueprintHandoff">;

/** The map as a service blueprint, as SVG, in the colours of the page. */
export function useBlueprint(id: string) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  const query = { lang, dark: useDark() || undefined, headed: false };
  return useQuery({
    queryKey: ["map-blueprint", ws, id, query],
    queryFn: ({ signal }) => text(of(ws, "maps", id, "blueprint"), query, signal),
    placeholderData: keepPreviousData,
    retry: false,
  });
}

export function useFindings(id: string) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return useQuery({
    queryKey: ["map-findings", ws, id, lang],
    queryFn: ({ signal }) => get<Findings>(of(ws, "maps", id, "findings"), { lang }, signal),
    placeholderData: keepPreviousData,
    retry: false,
  });
}

export function useLists(id: string) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return useQuery({
    queryKey: ["map-lists", ws, id, lang],
    queryFn: ({ signal }) => get<Lists>(of(ws, "maps", id, "lists"), { lang }, signal),
    retry: false,
  });
}

/** Accepting a finding, or switching a rule off, with a reason; and taking that back. Both are edits of the map. */
export function useWaivers(id: string) {
  const ws = useWorkspaceName();
  const client = useQueryClient();
  const person = useSession().data?.person;
  const onSuccess = () =>
    Promise.all(["map-findings", "map"].map((key) => client.invalidateQueries({ queryKey: [key, ws, id] })));
  const edit = (edit: Record<string, unknown>) => send("POST", of(ws, "maps", id, "edits"), edit);
  const waive = useMutation({
    mutationFn: ({ key, reason }: { key: string; reason: string }) => {
      const on = new Date().toLocaleDateString("sv-SE"); // the day here, as ISO-8601
      const by = person?.name || person?.email || "—";
      return edit({ edit: "put", part: "waivers", made: [{ key, reason, by, on }] });
    },
    onSuccess,
  });
  const restore = useMutation({
    mutationFn: (key: string) => edit({ edit: "remove", part: "waivers", keys: [key] }),
    onSuccess,
  });
  return { waive, restore };
}
