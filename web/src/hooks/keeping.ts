import type { QueryClient, QueryKey } from "@tanstack/react-query";

/**
 * Keeps what a change was answered with. What is being asked just now is let go of: it was asked before the change, and
 * its answer would put back what was there then. Of two changes that overtake each other the newer version stays.
 */
export async function keep<T>(
  client: QueryClient,
  queryKey: QueryKey,
  kept: T | ((before: T | undefined) => T | undefined),
): Promise<void> {
  await client.cancelQueries({ queryKey, exact: true });
  client.setQueryData<T>(queryKey, (before) => {
    const after = kept instanceof Function ? kept(before) : kept;
    return versionOf(before) > versionOf(after) ? before : after;
  });
}

function versionOf(one: unknown): number {
  const { version } = (one ?? {}) as { version?: unknown };
  return typeof version === "number" ? version : 0;
}
