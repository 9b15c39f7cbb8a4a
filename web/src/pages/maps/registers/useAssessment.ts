import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { get, of, send } from "@/api/http";
import type { Of } from "@/api/schemas";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { useSay } from "@/words/say";

type Assessed = Of<"MapAssessment">;

export function useAssessment(id: string) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return useQuery({
    queryKey: ["maps", ws, "assessment", id, lang],
    queryFn: ({ signal }) => get<Assessed>(of(ws, "maps", id, "assessment"), { lang }, signal),
    retry: false,
  });
}

export function useReadAssessment(id: string) {
  const ws = useWorkspaceName();
  const client = useQueryClient();
  const { lang } = useSay();
  return useMutation({
    mutationFn: (file: File) => {
      const form = new FormData();
      form.append("file", file);
      return send<Assessed>("POST", of(ws, "maps", id, "assessment"), form, { lang });
    },
    onSuccess: () =>
      Promise.all(
        ["maps", "map", "map-picture"].map((key) => client.invalidateQueries({ queryKey: [key, ws] })),
      ),
  });
}
