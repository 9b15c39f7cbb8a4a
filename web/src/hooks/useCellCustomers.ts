import { useInfiniteQuery } from "@tanstack/react-query";
import { of, send } from "@/api/http";
import type { Cell, CustomerList, Spec } from "@/api/types";
import { useWorkspaceName } from "./useWorkspace";

/** Whose answer: the customers behind one bar, band or node. */
export interface Behind {
  analysis: string;
  spec: Spec;
  cell: Cell;
  /** The snapshot that was counted, so that the list has as many names as the number says. */
  token: string;
  /** The part of the answer that the cell is of. */
  part?: string | null;
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
        {
          spec: behind?.spec,
          cell: behind?.cell,
          token: behind?.token,
          part: behind?.part,
          after: pageParam,
          limit: PAGE,
        },
        undefined,
        signal,
      ),
    initialPageParam: 0,
    getNextPageParam: (page) => page.next,
    enabled: behind !== null,
  });
}
