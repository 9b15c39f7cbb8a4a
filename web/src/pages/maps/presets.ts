import type { MapDocument } from "./document";
import type { View } from "./view";

/** Which lanes are shown for what: what is known, for a report; what is to be filled in, for a workshop. */
export const PRESETS = ["report", "workshop"] as const;
export type Preset = (typeof PRESETS)[number];

type Lane = NonNullable<MapDocument["lanes"]>[number];

const BLUEPRINT = new Set([
  "evidence",
  "customer",
  "onstage_people",
  "onstage_technology",
  "backstage_people",
  "backstage_technology",
  "support",
]);

/** A workshop fills lanes of words, and looks at how customers feel. */
const WORKS = new Set(["curve", "text", "chips", undefined]);

/** The keys of the lanes of a preset, in the order of the map. */
export function lanesFor(map: MapDocument, preset: Preset): string[] {
  const lanes = (map.lanes ?? []).filter((one) => !BLUEPRINT.has(one.role));
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

/** The view as a preset shows it. */
export function withPreset(map: MapDocument, view: View, preset: Preset): View {
  const lanes = lanesFor(map, preset);
  const all = lanes.length === (map.lanes ?? []).length;
  return { ...view, type: "linear", style: "timeline", folded: [], lanes: all ? undefined : lanes };
}

/** The preset that shows what is shown, if one does. */
export function presetOf(map: MapDocument, view: View): Preset | undefined {
  const shown = view.lanes ?? (map.lanes ?? []).map((one) => one.key);
  return PRESETS.find((one) => lanesFor(map, one).join() === shown.join() && view.folded.length === 0);
}
