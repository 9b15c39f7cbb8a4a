import { useInfiniteQuery } from "@tanstack/react-query";
import { of, send } from "@/api/http";
import type { Cell, CustomerList, Spec } from "@/api/types";
import { useWorkspaceName } from "./useWorkspace";

/** Whose answer: the customers behind one bar, band or node. */
export interface Behind {
  analysis: string;
  spec: Spec;
  cell: Cell;
}

const PAGE = 50;

/** The customers behind a cell, a page at a time. */
export function useCellCustomers(behind: Behind | null) {
  const ws = useWorkspaceName();
  return useInfiniteQuery({
    queryKey: ["behind", ws, behind],
    queryFn: ({ pageParam, signal }) =>
      send<CustomerList>(
        "POST",
        of(ws, "analyses", behind?.analysis ?? "", "customers"),
        { spec: behind?.spec, cell: behind?.cell, after: pageParam, limit: PAGE },
        undefined,
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    enabled: behind !== null,
  });
}
