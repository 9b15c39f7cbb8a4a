import type { Of } from "@/api/schemas";
import { useAddress } from "@/hooks/useAddress";

/** The panels that one goes to from any of them; a workshop stands by itself. */
export const TABS = ["comments", "review", "history", "versions"] as const;
const PANELS = [...TABS, "workshop"] as const;
export type Panel = (typeof PANELS)[number];
export type Part = Of<"ThreadOf">["part"];

/** A part of a map: `cells` has the key `lane/step`, the map itself none. */
export interface About {
  part: Part;
  key: string;
}

/** What is open beside the map, and about which part of it: the address holds both. */
export function usePanel() {
  const [search, ask] = useAddress();
  const panel = PANELS.find((one) => one === search.get("panel")) ?? null;
  const [part, ...key] = (search.get("about") ?? "").split("/");
  const about: About | null = part ? { part: part as Part, key: key.join("/") } : null;
  const open = (panel: Panel | null, about: About | null = null) =>
    ask({ panel, about: panel && about && (about.key ? `${about.part}/${about.key}` : about.part) });
  return { panel, about, open };
}
