import type { Role } from "@/api/types";
import { useSession } from "./useSession";
import { useWorkspaceName } from "./useWorkspace";

const ORDER: Role[] = ["viewer", "analyst", "editor", "admin", "owner"];

/** The role in this workspace of whoever is here, and whether it suffices for something. */
export function useRole(): { role: Role; may: (least: Role) => boolean } {
  const ws = useWorkspaceName();
  const role = useSession().data?.workspaces.find((one) => one.name === ws)?.role ?? "viewer";
  return { role, may: (least) => ORDER.indexOf(role) >= ORDER.indexOf(least) };
}

/** The roles that somebody of this role may give: none larger than their own. */
export function rolesUpTo(role: Role): Role[] {
  return ORDER.slice(0, ORDER.indexOf(role) + 1);
}
