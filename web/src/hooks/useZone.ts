import { useSession } from "./useSession";
import { useWorkspace } from "./useWorkspace";

/** The time zone in which times of single events are told: one's own, else the workspace's. */
export function useZone(): string {
  const own = useSession().data?.person?.zone;
  const { data } = useWorkspace();
  return own || data?.zone || "UTC";
}
