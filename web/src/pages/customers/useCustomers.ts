import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { get, of } from "@/api/http";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { useSay } from "@/words/say";
import type { Customers, Profile } from "./types";

const PAGE = 50;

/** Customers whose identifiers begin like this, of a segment; those first who were active last. */
export function useCustomers(search: string, segment: string | null) {
  const ws = useWorkspaceName();
  return useInfiniteQuery({
    queryKey: ["customers", ws, search, segment],
    queryFn: ({ pageParam, signal }) =>
      get<Customers>(of(ws, "customers"), { search, segment, after: pageParam, limit: PAGE }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    retry: false,
  });
}

/** Who one customer is. */
export function useCustomer(id: string) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return useQuery({
    queryKey: ["customer", ws, id, lang],
    queryFn: ({ signal }) => get<Profile>(of(ws, "customers", id), { lang }, signal),
  });
}
