import { useMutation, useQueryClient } from "@tanstack/react-query";
import { send } from "@/api/http";
import type { Workspace } from "@/api/types";
import { useSession } from "./useSession";

/** Make a workspace of a title, in the reader's own time zone; whoever makes it may open it at once. */
export function useMakeWorkspace() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (title: string) => {
      const zone = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
      const made = await send<Workspace>("POST", "/api/workspaces", { title, zone });
      await client.invalidateQueries({ queryKey: ["session"] });
      return made;
    },
  });
}

/** Whether who is here may make one: who owns one already. */
export function useMayMake(): boolean {
  return useSession().data?.workspaces.some((one) => one.role === "owner") ?? false;
}
