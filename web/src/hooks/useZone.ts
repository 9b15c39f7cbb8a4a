import { useWorkspace } from "./useWorkspace";

/** The time zone in which the workspace tells times. */
export function useZone(): string {
  return useWorkspace().data?.zone || "UTC";
}
