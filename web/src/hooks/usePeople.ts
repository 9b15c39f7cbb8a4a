import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { get, of, send } from "@/api/http";
import type { Of } from "@/api/schemas";
import type { Role } from "@/api/types";
import { useWorkspaceName } from "./useWorkspace";

export type Member = Of<"MemberSeen">;

/** Who is in the workspace, and with which role. */
export function usePeople() {
  const ws = useWorkspaceName();
  return useQuery({
    queryKey: ["people", ws],
    queryFn: ({ signal }) => get<Member[]>(of(ws, "people"), undefined, signal),
  });
}

export function usePeopleActions() {
  const ws = useWorkspaceName();
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries({ queryKey: ["people", ws] });
  const invite = useMutation({
    mutationFn: (who: { email: string; name: string; role: Role }) =>
      send<Of<"Invited">>("POST", of(ws, "people"), who),
    onSuccess,
  });
  const link = useMutation({
    mutationFn: (id: string) => send<Of<"Invited">>("POST", of(ws, "people", id, "link")),
  });
  const reset = useMutation({
    mutationFn: (id: string) => send<Of<"Invited">>("POST", of(ws, "people", id, "reset")),
    onSuccess,
  });
  const change = useMutation({
    mutationFn: ({ id, role }: { id: string; role: Role }) =>
      send<Member>("PATCH", of(ws, "people", id), { role }),
    onSuccess,
  });
  const remove = useMutation({
    mutationFn: (id: string) => send<void>("DELETE", of(ws, "people", id)),
    onSuccess,
  });
  return { invite, link, reset, change, remove };
}
