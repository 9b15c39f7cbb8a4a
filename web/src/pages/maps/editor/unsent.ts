import type { Unsent } from "./desk";

/**
 * What was edited and has not come to the service yet, kept in the browser: by workspace, map and person, and by tab.
 * A tab that is gone leaves its own behind; the next one that opens the map takes it over, once.
 */

const PREFIX = "lvtu.unsent";
const TURN = "lvtu.unsent.turn";

/** Where browsers have no locks (without HTTPS), a tab that has said nothing for so long is taken for gone. */
const SILENT_MS = 30_000;

const TAB = Array.from(crypto.getRandomValues(new Uint8Array(8)), (one) =>
  one.toString(16).padStart(2, "0"),
).join("");

interface Kept extends Unsent {
  at: number;
}

const before = (ws: string, map: string, person: string): string => `${PREFIX}/${ws}/${map}/${person}/`;

const lockOf = (tab: string): string => `${PREFIX}/${tab}`;

const empty = ({ tasks, refusals }: Unsent): boolean => tasks.length === 0 && refusals.length === 0;

/** Says for as long as this tab lives that it does. */
let living = false;
function live(): void {
  if (living) return;
  living = true;
  navigator.locks?.request(lockOf(TAB), () => new Promise(() => undefined)).catch(() => undefined);
}

/** Keeps what this tab could not send yet; false where the browser does not. */
export function keep(ws: string, map: string, person: string, unsent: Unsent): boolean {
  const key = before(ws, map, person) + TAB;
  try {
    if (empty(unsent)) localStorage.removeItem(key);
    else {
      live();
      localStorage.setItem(key, JSON.stringify({ ...unsent, at: Date.now() } satisfies Kept));
    }
    return true;
  } catch {
    return false;
  }
}

/** Everything that tabs keep of a map, by the key that it is kept under. */
function all(ws: string, map: string, person: string): [key: string, kept: Kept][] {
  const mine = before(ws, map, person);
  try {
    const keys = Object.keys(localStorage).filter((one) => one.startsWith(mine));
    const found = keys.map(
      (key) => [key, JSON.parse(localStorage.getItem(key) ?? "null")] as [string, Kept | null],
    );
    return found.filter((one): one is [string, Kept] => one[1] !== null).sort((a, b) => a[1].at - b[1].at);
  } catch {
    return [];
  }
}

/** How many edits of a map wait in this browser. */
export const waitingOf = (ws: string, map: string, person: string): number =>
  all(ws, map, person).reduce((n, [, { tasks, refusals }]) => n + tasks.length + refusals.length, 0);

/** Takes over what tabs that are gone could not send, in the order in which they stopped. */
export async function takeOver(
  ws: string,
  map: string,
  person: string,
  take: (unsent: Unsent) => void,
): Promise<void> {
  if (all(ws, map, person).length === 0) return;
  const taken = (gone: (tab: string, at: number) => boolean) => {
    const left = all(ws, map, person).filter(([key, { at }]) =>
      gone(key.slice(key.lastIndexOf("/") + 1), at),
    );
    for (const [key, { tasks, refusals }] of left) {
      take({ tasks, refusals }); // with that it is kept under the name of this tab
      localStorage.removeItem(key);
    }
  };
  if (!navigator.locks) {
    taken((tab, at) => tab !== TAB && Date.now() - at > SILENT_MS);
    return;
  }
  await navigator.locks.request(TURN, async () => {
    const { held = [] } = await navigator.locks.query();
    const there = new Set(held.map((one) => one.name));
    taken((tab) => tab !== TAB && !there.has(lockOf(tab)));
  });
}
