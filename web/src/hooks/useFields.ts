import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { get, of } from "@/api/http";
import type { Field, FieldValue } from "@/api/types";
import { useSay } from "@/words/say";
import { useWorkspaceName } from "./useWorkspace";

/** What questions can filter and break down by. */
export function useFields() {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return useQuery({
    queryKey: ["fields", ws, lang],
    queryFn: ({ signal }) => get<Field[]>(of(ws, "fields"), { lang }, signal),
    staleTime: 60_000,
  });
}

/** The values of a field that hold a text, the most frequent first. */
export function useFieldValues(field: string | null, search = "", limit = 50) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return useQuery({
    queryKey: ["field-values", ws, field, search, limit, lang],
    queryFn: ({ signal }) =>
      get<FieldValue[]>(of(ws, "fields", field ?? "", "values"), { search, limit, lang }, signal),
    enabled: Boolean(field),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
}
