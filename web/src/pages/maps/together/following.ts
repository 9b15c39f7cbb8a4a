import { useSyncExternalStore } from "react";

/** Whom one follows on which map: their id. */
const followed = new Map<string, string>();
const listeners = new Set<() => void>();

/** Follow somebody on a map, or nobody any more. */
export function follow(map: string, person: string | null): void {
  if ((followed.get(map) ?? null) === person) return;
  if (person === null) followed.delete(map);
  else followed.set(map, person);
  for (const told of listeners) told();
}

/** Whom one follows on a map. */
export function useFollowed(map: string): string | null {
  return useSyncExternalStore(
    (told) => {
      listeners.add(told);
      return () => listeners.delete(told);
    },
    () => followed.get(map) ?? null,
  );
}
