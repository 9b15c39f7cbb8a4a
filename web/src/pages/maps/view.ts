import { useAddress } from "@/hooks/useAddress";
import { LANGS, type Lang } from "@/words/key";
import type { Chosen } from "./Behind";
import { ofOne } from "./perspective";

export const TYPES = ["linear", "stage", "channel", "role", "cyclic"] as const;
export const STYLES = ["timeline", "chart", "flowchart", "persona"] as const;

/** What tints the steps. */
export const OVERLAYS = ["volume", "drop_off", "feeling", "effort", "time", "cost", "plan", "gap"] as const;

/** Which times stand at the steps; the first is the usual one. */
export const TIMES = ["elapsed", "relative", "absolute"] as const;

/** A way of looking at a map. Nothing of it is kept in the map; all of it is in the address. */
export interface View {
  type: string;
  style: string;
  /** What tints the steps; none said: nothing. */
  overlay?: string;
  /** Which times stand at the steps; none said: the usual ones. */
  times?: string;
  /** Whether survey weights count. */
  weighted: boolean;
  /** Whether the curve of the to-be map is left out. */
  asIs?: boolean;
  /** The lanes that are shown; none said: all. */
  lanes?: string[];
  folded: string[];
  /** The language of the picture, where it is not that of the page. */
  lang?: Lang;
}

/** The way of looking that the address tells: whoever is sent it sees the same. */
export function useView(): [View, (next: View) => void] {
  const [search, ask] = useAddress();
  const lang = LANGS.find((one) => one === search.get("in"));
  const lanes = search.has("lane") ? search.getAll("lane") : undefined;
  const view: View = {
    type: search.get("type") ?? TYPES[0],
    style: search.get("style") ?? STYLES[0],
    weighted: search.get("weighted") !== "0",
    folded: search.getAll("folded"),
    ...(search.get("to_be") === "0" && { asIs: true }),
    ...(lanes && { lanes }),
    ...(search.has("overlay") && { overlay: search.get("overlay") ?? "" }),
    ...(search.has("times") && { times: search.get("times") ?? "" }),
    ...(lang && { lang }),
  };
  const look = (next: View) =>
    ask({
      type: next.type === TYPES[0] ? null : next.type,
      style: next.style === STYLES[0] ? null : next.style,
      overlay: next.overlay,
      times: next.times,
      weighted: next.weighted ? null : "0",
      to_be: next.asIs ? "0" : null,
      lane: next.lanes,
      folded: next.folded,
      in: next.lang,
    });
  return [view, look];
}

/** The step or cell that is open, as the address tells: `at=step`, or `at=lane/step`. */
export function useChosen(): [Chosen | null, (chosen: Chosen | null) => void] {
  const [search, ask] = useAddress();
  const [first, second] = (search.get("at") ?? "").split("/");
  const chosen = second ? { lane: first, step: second } : first ? { step: first } : null;
  const choose = (next: Chosen | null) =>
    ask({ at: next && [next.lane, next.step].filter(Boolean).join("/") });
  return [chosen, choose];
}

/** What the server is asked for a picture; dates only of one customer. */
export function lookOf({ type, style, overlay, times, lanes, folded, weighted, asIs }: View, who?: string) {
  const weights = weighted ? undefined : false;
  const told = times === "absolute" && !ofOne(who) ? undefined : times;
  const toBe = asIs ? false : undefined;
  return { type, style, overlay, times: told, lane: lanes, folded, weighted: weights, to_be: toBe };
}
