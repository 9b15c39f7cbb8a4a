import type { MapDocument } from "./document";
import type { View } from "./view";

/** Which lanes are shown for what: what is known, for a report; what is to be filled in, for a workshop. */
export const PRESETS = ["report", "workshop"] as const;
export type Preset = (typeof PRESETS)[number];

type Lane = NonNullable<MapDocument["lanes"]>[number];

/** What stands behind the steps: the blueprint shows it, the map only where one asks. */
const BEHIND: ReadonlySet<string> = new Set([
  "evidence",
  "onstage_people",
  "onstage_technology",
  "backstage_people",
  "backstage_technology",
  "support",
]);

/** A workshop fills lanes of words, and looks at how customers feel. */
const WORKS = new Set(["curve", "text", "chips", undefined]);

/** What a service blueprint is made of: what stands behind the steps, and what the customer does and meets. */
const BLUEPRINT: ReadonlySet<string> = new Set([...BEHIND, "customer", "touchpoints", "time"]);

/** Whether a lane is part of a service blueprint. */
export const ofBlueprint = ({ role }: { role: string }): boolean => BLUEPRINT.has(role);

/** The keys of the lanes of a preset, in the order of the map. */
export function lanesFor(map: MapDocument, preset: Preset): string[] {
  const lanes = (map.lanes ?? []).filter((one) => !BEHIND.has(one.role));
  const written = new Set((map.cards ?? []).map((one) => one.lane));
  const told = (one: Lane) =>
    written.has(one.key) || one.kind === "curve" || one.kind === "number" || one.kind === "bars";
  const always = new Set(["touchpoints", "channels", "thoughts"]);
  const kept =
    preset === "report"
      ? lanes.filter((one) => told(one) || always.has(one.role))
      : lanes.filter((one) => WORKS.has(one.kind));
  return kept.map((one) => one.key);
}

/** The lanes that a map shows where nobody chose any: those of the experience, or where there are none, all. */
export function usualLanes(map: MapDocument): string[] {
  const lanes = map.lanes ?? [];
  const told = lanes.filter((one) => !BEHIND.has(one.role));
  return (told.length ? told : lanes).map((one) => one.key);
}

/** The view as a preset shows it. */
export function withPreset(map: MapDocument, view: View, preset: Preset): View {
  const lanes = lanesFor(map, preset);
  return withLanes(map, { ...view, type: "linear", style: "timeline", folded: [] }, lanes);
}

/** The view with other lanes; the usual ones need not be said. */
export function withLanes(map: MapDocument, view: View, lanes: string[]): View {
  return { ...view, lanes: lanes.join() === usualLanes(map).join() ? undefined : lanes };
}

/** The preset that shows what is shown, if one does. */
export function presetOf(map: MapDocument, view: View): Preset | undefined {
  const shown = view.lanes ?? usualLanes(map);
  return PRESETS.find((one) => lanesFor(map, one).join() === shown.join() && view.folded.length === 0);
}
