import { type Both, type MapDocument, newKey, type Path } from "../editor/document";
import { change, type Edit, passing, put, remove, several } from "../editor/edits";

/** What a planned path is called until somebody calls it otherwise. */
export const PLAN: Both = { zh: "计划路径", en: "Planned path" };

/** What the data found of the ways customers take has such keys (lvtu.maps.discovery): nobody planned it. */
const FOUND = /^way-\d+$/;

/** The path that counts as planned; none: all steps do, in the order of the grid. */
export const planOf = (map: Pick<MapDocument, "paths">): Path | undefined =>
  map.paths.find((path) => path.kind === "happy" && path.steps.length > 0);

/** Whether a path is what most customers did, so that nobody planned it. */
export const found = (path: Path): boolean => FOUND.test(path.key);

/** By step which of the planned path it is, from 1, and whether it may be left out; none where nobody planned one. */
export function placesOn(paths: Path[]): Map<string, { place: number; optional: boolean }> {
  const path = planOf({ paths });
  const own = path && !found(path) ? path : null;
  const places = new Map<string, { place: number; optional: boolean }>();
  own?.steps.forEach((key, at) => {
    if (!places.has(key)) places.set(key, { place: at + 1, optional: own.optional?.includes(key) ?? false });
  });
  return places;
}

/** Some steps, in this order, as the planned path; one that was found in the data stays, as another way. */
export function planned(map: MapDocument, steps: string[]): Edit | null {
  const there = planOf(map);
  if (steps.length === 0) return unplanned(map);
  if (there && !found(there)) {
    if (there.steps.join() === steps.join()) return null;
    const { optional } = passing(there, (key) => steps.includes(key));
    return change("paths", there.key, { steps, optional: optional ?? null });
  }
  const made = put("paths", [{ key: newKey(), kind: "happy", name: PLAN, steps }]);
  return several([...(there ? [change("paths", there.key, { kind: "alternative" })] : []), made]);
}

/** Without a planned path. */
export function unplanned(map: MapDocument): Edit | null {
  const there = planOf(map);
  if (!there) return null;
  return found(there) ? change("paths", there.key, { kind: "alternative" }) : remove("paths", [there.key]);
}

/** A step onto the planned path, where the grid has it, or off it. */
export function onPlan(map: MapDocument, step: string, on: boolean): Edit | null {
  const path = planOf(map)?.steps ?? [];
  if (path.includes(step) === on) return null;
  if (!on) {
    const left = path.filter((key) => key !== step);
    return planned(map, left);
  }
  const grid = map.steps.map((one) => one.key);
  const before = grid.slice(0, grid.indexOf(step));
  const at = path.findLastIndex((key) => before.includes(key)) + 1;
  return planned(map, [...path.slice(0, at), step, ...path.slice(at)]);
}

/** A step of the planned path one place further; null where it is at the end. */
export function passed(map: MapDocument, at: number, by: 1 | -1): Edit | null {
  const path = [...(planOf(map)?.steps ?? [])];
  const [one, other] = [path[at], path[at + by]];
  if (one === undefined || other === undefined) return null;
  path[at] = other;
  path[at + by] = one;
  return planned(map, path);
}

/** Whether a step of the planned path may be left out. */
export function optional(map: MapDocument, step: string, may: boolean): Edit | null {
  const path = planOf(map);
  if (!path?.steps.includes(step) || found(path)) return null;
  const others = (path.optional ?? []).filter((key) => key !== step);
  const out = may ? [...others, step] : others;
  return change("paths", path.key, { optional: out.length ? out : null });
}
