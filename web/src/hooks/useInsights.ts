import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { get, of, send } from "@/api/http";
import type { Of } from "@/api/schemas";
import { useSay } from "@/words/say";
import { keep } from "./keeping";
import { useWorkspaceName } from "./useWorkspace";

export type InsightOf = Of<"InsightOf">;
export type InsightRow = Of<"InsightRow">;
export type InsightQuote = Of<"InsightQuote">;
export type Choices = Of<"InsightChoices">;
export type Reliability = Of<"ReliabilityOf">;
export type NewInsight = Of<"NewInsight">;
export type NewQuote = Of<"QuoteOfComment"> | Of<"QuoteOfHighlight">;
type SaidOfInsight = Pick<InsightOf, "title" | "text" | "state" | "owner" | "place">;

/** What a list of insights may be narrowed to. */
export type Wanted = Partial<
  Record<"search" | "state" | "stage" | "touchpoint" | "topic" | "comment" | "interview", string>
>;

/** What was learnt, the newest first; and what may be said of insights. */
export function useInsights(wanted: Wanted = {}, enabled = true) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return useQuery({
    queryKey: ["insights", ws, lang, wanted],
    queryFn: ({ signal }) => get<Of<"Insights">>(of(ws, "insights"), { lang, ...wanted }, signal),
    placeholderData: keepPreviousData,
    enabled,
  });
}

export function useInsight(id: string) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return useQuery({
    queryKey: ["insight", ws, id, lang],
    queryFn: ({ signal }) => get<InsightOf>(of(ws, "insights", id), { lang }, signal),
    retry: false,
  });
}

/** Where the insights, or one of them, are to be had as a file. */
export function useInsightFile() {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return (format: "md" | "csv" | "json", id?: string) =>
    `${of(ws, "insights", "export")}?${new URLSearchParams({ format, lang, ...(id ? { id } : {}) })}`;
}

export function useInsightActions() {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  const client = useQueryClient();
  const onSuccess = (kept: InsightOf) => {
    client.invalidateQueries({ queryKey: ["insights", ws] });
    return keep(client, ["insight", ws, kept.id, lang], kept);
  };
  const add = useMutation({
    mutationFn: (insight: Partial<NewInsight> & { title: string }) =>
      send<InsightOf>("POST", of(ws, "insights"), insight, { lang }),
    onSuccess,
  });
  const save = useMutation({
    mutationFn: ({ id, ...said }: SaidOfInsight & { id: string; version: number }) =>
      send<InsightOf>("PUT", of(ws, "insights", id), said, { lang }),
    onSuccess,
  });
  const remove = useMutation({
    mutationFn: (id: string) => send<void>("DELETE", of(ws, "insights", id)),
    onSuccess: () => client.invalidateQueries({ queryKey: ["insights", ws] }),
  });
  const quote = useMutation({
    mutationFn: ({ id, quote }: { id: string; quote: NewQuote }) =>
      send<InsightOf>("POST", of(ws, "insights", id, "quotes"), quote, { lang }),
    onSuccess,
  });
  const unquote = useMutation({
    mutationFn: ({ id, quote }: { id: string; quote: string }) =>
      send<InsightOf>("DELETE", of(ws, "insights", id, "quotes", quote), undefined, { lang }),
    onSuccess,
  });
  return { add, save, remove, quote, unquote };
}
