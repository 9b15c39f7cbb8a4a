import { get, of } from "@/api/http";
import { ProblemError, Unreachable } from "@/api/problem";
import type { MapChanges } from "../together/useTogether";
import type { MapOf } from "../useMaps";
import type { Calls } from "./desk";
import type { Edit } from "./edits";

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

type Change = MapChanges["edits"][number]["changes"][number];

/** Whether some changes are those of an edit: on the part that it makes or changes, and to what it says. */
export function didAs(edit: Edit, changes: readonly Change[]): boolean {
  const { edits, made, key, keys, fields } = edit as {
    edits?: Edit[];
    made?: { key: string }[];
    key?: string;
    keys?: string[];
    fields?: Record<string, unknown>;
  };
  if (edits) return edits.every((one) => didAs(one, changes));
  const part = key ?? made?.[0]?.key ?? keys?.[0];
  const mine = part === undefined ? changes : changes.filter((one) => one.key === part);
  if (edit.edit !== "change" || !fields) return mine.length > 0;
  const now = (field: string) => mine.find((one) => one.field === field)?.now ?? null;
  const said = Object.entries(fields).filter(([field]) => mine.some((one) => one.field === field));
  return (
    said.length > 0 && said.every(([field, value]) => JSON.stringify(now(field)) === JSON.stringify(value))
  );
}

/** Asks what became of a task whose answer did not come: done twice, it would be there twice. */
export function came(ws: string, id: string): Calls["came"] {
  return async (task, behind) => {
    const { edits } = await get<MapChanges>(of(ws, "maps", id, "changes"), { after: behind });
    const what = "edit" in task ? task.edit.edit : { undo: "undone", redo: "redone" }[task.take];
    const mine = edits.some(
      (one) => one.yours && one.what === what && (!("edit" in task) || didAs(task.edit, one.changes)),
    );
    if (!mine) return null;
    const { step, document } = await get<MapOf>(of(ws, "maps", id));
    return { step, document };
  };
}
