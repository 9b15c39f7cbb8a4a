import { useQuery } from "@tanstack/react-query";
import { of, send } from "@/api/http";
import type { Answer } from "@/api/types";
import { useSay } from "@/words/say";
import { useWorkspaceName } from "./useWorkspace";

/** What one customer did and said, the newest last; so many events at most. */
export function useTimeline(customer: string | null, limit = 200) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return useQuery({
    queryKey: ["timeline", ws, customer, limit, lang],
    queryFn: ({ signal }) =>
      send<Answer>(
        "POST",
        of(ws, "analyses", "timeline"),
        { customer, limit },
        { lang, chart: false },
        signal,
      ),
    enabled: customer !== null,
  });
}
