import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { get, of, send } from "@/api/http";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { useSay } from "@/words/say";
import type { Customers, IdentityChange, Profile } from "./types";

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

/** What taking a join back would mean; nothing is changed. */
export function useUndoPreview(id: string, edge: number | null) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return useQuery({
    queryKey: ["undo-preview", ws, id, edge, lang],
    queryFn: ({ signal }) =>
      send<IdentityChange>(
        "POST",
        of(ws, "customers", id, "undo-join"),
        { edge, preview: true },
        { lang },
        signal,
      ),
    enabled: edge !== null,
    retry: false,
    gcTime: 0,
  });
}

/** Take a join back. */
export function useUndo(id: string) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (edge: number) =>
      send<IdentityChange>("POST", of(ws, "customers", id, "undo-join"), { edge }, { lang }),
    onSuccess: () => client.invalidateQueries({ predicate: ({ queryKey: [what] }) => what !== "session" }),
  });
}
