import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { useSearchParams } from "react-router";
import { get, of, send } from "@/api/http";
import { keep } from "@/hooks/keeping";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { useSay } from "@/words/say";
import type { Inbox, SaidWhy } from "./types";

const PAGE = 50;
/** What the address holds beside the filters. */
const OWN = new Set(["id", "at"]);

/** What the address asks for: every filter by its name, and how to ask otherwise. */
export function useFilters() {
  const [search, setSearch] = useSearchParams();
  const change = (edit: (asked: URLSearchParams) => void) =>
    setSearch(
      (before) => {
        const next = new URLSearchParams(before);
        edit(next);
        return next;
      },
      { replace: true },
    );
  return {
    search,
    id: search.get("id"),
    at: search.get("at"),
    one: (name: string) => search.get(name),
    many: (name: string) => search.getAll(name),
    set: (name: string, values: string[]) =>
      change((asked) => {
        asked.delete(name);
        for (const value of values) asked.append(name, value);
      }),
    open: (id: string | null) =>
      change((asked) => {
        asked.delete("at");
        if (id) asked.set("id", id);
        else asked.delete("id");
      }),
    clear: () =>
      change((asked) => {
        for (const name of [...asked.keys()]) if (!OWN.has(name)) asked.delete(name);
      }),
  };
}

/** The filters of an address, in one order whatever is open. */
export function filtersOf(search: URLSearchParams): URLSearchParams {
  const asked = new URLSearchParams([...search].filter(([name]) => !OWN.has(name)));
  asked.sort();
  return asked;
}

/** Everything that customers said and that fits, a page at a time. */
export function useInbox(search: URLSearchParams) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  const asked = filtersOf(search).toString();
  return useInfiniteQuery({
    queryKey: ["inbox", ws, asked, lang],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams(asked);
      query.set("lang", lang);
      query.set("limit", String(PAGE));
      if (pageParam) query.set("after", pageParam);
      return get<Inbox>(`${of(ws, "inbox")}?${query}`, undefined, signal);
    },
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    retry: false,
  });
}

/** One text with what made its reading, and what happened around it. */
export function useSaid(id: string | null) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return useQuery({
    queryKey: ["said", ws, id, lang],
    queryFn: ({ signal }) => get<SaidWhy>(of(ws, "inbox", id ?? ""), { lang }, signal),
    enabled: id !== null,
    placeholderData: keepPreviousData,
    retry: false,
  });
}

/** Says how a text should have been read, or takes that back. */
export function useCorrect(id: string) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (correction: Record<string, string> | null) =>
      send<SaidWhy>(correction ? "PUT" : "DELETE", of(ws, "inbox", id, "reading"), correction ?? undefined, {
        lang,
      }),
    onSuccess: (said) => {
      client.invalidateQueries({ queryKey: ["inbox", ws] });
      client.invalidateQueries({ queryKey: ["voice"] });
      return keep(client, ["said", ws, id, lang], said);
    },
  });
}
