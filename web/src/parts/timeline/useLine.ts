import { useInfiniteQuery } from "@tanstack/react-query";
import { get, of } from "@/api/http";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { useSay } from "@/words/say";
import type { Line } from "./types";

const PAGE = 100;

/** What a customer did and said, the newest first, a page at a time. */
export function useLine(customer: string) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return useInfiniteQuery({
    queryKey: ["timeline", ws, customer, lang],
    queryFn: ({ pageParam, signal }) =>
      get<Line>(of(ws, "customers", customer, "timeline"), { lang, before: pageParam, limit: PAGE }, signal),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
  });
}
