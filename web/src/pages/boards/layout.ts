/** Where tiles lie: a grid of twelve columns in which tiles fall upwards and never overlap. */

export interface Place {
  id: string;
  x: number;
  y: number;
  w: number;
  h: number;
}

export const COLUMNS = 12;
const LEAST = { w: 3, h: 2 };
const MOST_ROWS = 12;
const FAR = 100;

function overlap(a: Place, b: Place): boolean {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

function between(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}

/** The tiles, each as high up as those before it let it be; a moved one goes before those that it lies on. */
export function settled<T extends Place>(tiles: T[], moved?: T, down = false): T[] {
  // One that is moved down passes another when its middle does.
  const rank = (tile: T) => (tile.id === moved?.id ? tile.y + (down ? tile.h / 2 : -0.5) : tile.y);
  const order = [...tiles].sort((a, b) => rank(a) - rank(b) || a.x - b.x);
  const placed: T[] = [];
  for (const tile of order) {
    const free = (y: number) => !placed.some((other) => overlap({ ...tile, y }, other));
    let y = tile.y;
    while (y > 0 && free(y - 1)) y -= 1;
    while (!free(y)) y += 1;
    placed.push({ ...tile, y });
  }
  const byId = new Map(placed.map((tile) => [tile.id, tile]));
  return tiles.map((tile) => byId.get(tile.id) ?? tile);
}

function changed<T extends Place>(tiles: T[], id: string, change: (tile: T) => T): T[] {
  const before = tiles.find((tile) => tile.id === id);
  if (!before) return tiles;
  const after = change(before);
  return settled(
    tiles.map((tile) => (tile.id === id ? after : tile)),
    after,
    after.y > before.y,
  );
}

/** The tiles with one that had been taken away, in the place where it lay; others make room. */
export function putBack<T extends Place>(tiles: T[], tile: T, at: number): T[] {
  if (tiles.some((one) => one.id === tile.id)) return tiles;
  return settled([...tiles.slice(0, at), tile, ...tiles.slice(at)], tile);
}

/** The tiles with one at another place. */
export function moved<T extends Place>(tiles: T[], id: string, x: number, y: number): T[] {
  return changed(tiles, id, (tile) => ({
    ...tile,
    x: between(x, 0, COLUMNS - tile.w),
    y: Math.max(y, 0),
  }));
}

/** The tiles with one of another size. */
export function sized<T extends Place>(tiles: T[], id: string, w: number, h: number): T[] {
  return changed(tiles, id, (tile) => ({
    ...tile,
    w: between(w, LEAST.w, COLUMNS - tile.x),
    h: between(h, LEAST.h, MOST_ROWS),
  }));
}

export type Way = "left" | "right" | "up" | "down";

/** The tiles with one moved a step: a column aside, or past the next tile above or below. */
export function stepped<T extends Place>(tiles: T[], id: string, way: Way): T[] {
  const tile = tiles.find((one) => one.id === id);
  if (!tile) return tiles;
  if (way === "left" || way === "right") return moved(tiles, id, tile.x + (way === "left" ? -1 : 1), tile.y);
  for (let rows = 1; rows <= FAR; rows += 1) {
    const next = moved(tiles, id, tile.x, tile.y + (way === "up" ? -rows : rows));
    if (next.some((one, place) => one.y !== tiles[place]?.y)) return next;
    if (way === "up" && rows > tile.y) break;
  }
  return tiles;
}
