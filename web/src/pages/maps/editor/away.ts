import { get, of } from "@/api/http";
import { ProblemError, Unreachable } from "@/api/problem";
import type { MapChanges } from "../together/useTogether";
import type { MapOf } from "../useMaps";
import type { Calls, Task } from "./desk";

const SHORTEST_MS = 1_000;
const LONGEST_MS = 15_000;
const GATEWAYS = [502, 503, 504];

/** Whether the service could not be reached: nobody answered, or somebody before it in its place. */
export const away = (error: Error): boolean =>
  error instanceof Unreachable || (error instanceof ProblemError && GATEWAYS.includes(error.status));

/** Waits the longer the more tries there were, and no longer once the browser says that it is back. */
export const pause = (tries: number): Promise<void> =>
  new Promise((resolve) => {
    const go = () => {
      clearTimeout(timer);
      window.removeEventListener("online", go);
      resolve();
    };
    const timer = setTimeout(go, Math.min(SHORTEST_MS * 2 ** (tries - 1), LONGEST_MS));
    window.addEventListener("online", go);
  });

/** The part of a map that an edit makes or changes, where it is one. */
function touched(task: Task): string | undefined {
  if (!("edit" in task)) return undefined;
  const { made, key, keys } = task.edit as { made?: { key: string }[]; key?: string; keys?: string[] };
  return key ?? made?.[0]?.key ?? keys?.[0];
}

/** Asks what became of a task whose answer did not come: done twice, it would be there twice. */
export function came(ws: string, id: string): Calls["came"] {
  return async (task, behind) => {
    const { edits } = await get<MapChanges>(of(ws, "maps", id, "changes"), { after: behind });
    const what = "edit" in task ? task.edit.edit : { undo: "undone", redo: "redone" }[task.take];
    const key = touched(task);
    const mine = edits.some(
      (one) => one.yours && one.what === what && (!key || one.changes.some((each) => each.key === key)),
    );
    if (!mine) return null;
    const { step, document } = await get<MapOf>(of(ws, "maps", id));
    return { step, document };
  };
}
