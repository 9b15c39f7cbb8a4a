import { lanesFor, ofBlueprint, PRESETS } from "../presets";
import type { Lane, MapDocument } from "./document";

/** Which lanes the editor shows: all, those of a preset of the map, or those of a service blueprint. */
export const SHOWN = ["all", ...PRESETS, "blueprint"] as const;
export type Shown = (typeof SHOWN)[number];

/** The parameter of the address: whoever is sent it sees the same. */
export const SHOW = "show";

export function shownBy(search: URLSearchParams): Shown {
  const asked = search.get(SHOW);
  return SHOWN.find((one) => one === asked) ?? "all";
}

/** The lanes that are shown, in their order; all where none would be left. */
export function lanesShown(map: MapDocument, shown: Shown): Lane[] {
  if (shown === "all") return map.lanes;
  const keys = shown === "blueprint" ? null : new Set(lanesFor(map, shown));
  const left = map.lanes.filter((lane) => (keys ? keys.has(lane.key) : ofBlueprint(lane)));
  return left.length ? left : map.lanes;
}
