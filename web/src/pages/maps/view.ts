import { useSearchParams } from "react-router";
import { LANGS, type Lang } from "@/words/key";
import type { Chosen } from "./Behind";

export const TYPES = ["linear", "stage", "channel", "role", "cyclic"] as const;
export const STYLES = ["timeline", "chart", "flowchart", "persona"] as const;

/** What tints the steps. */
export const OVERLAYS = ["volume", "drop_off", "feeling", "effort", "time", "cost", "plan", "gap"] as const;

/** A way of looking at a map. Nothing of it is kept in the map; all of it is in the address. */
export interface View {
  type: string;
  style: string;
  /** What tints the steps; none said: nothing. */
  overlay?: string;
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
  const [search, setSearch] = useSearchParams();
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
    ...(lang && { lang }),
  };
  const look = (next: View) =>
    setSearch(
      (before) => {
        const kept = new URLSearchParams(before);
        for (const name of ["type", "style", "overlay", "weighted", "to_be", "lane", "folded", "in"])
          kept.delete(name);
        if (next.type !== TYPES[0]) kept.set("type", next.type);
        if (next.style !== STYLES[0]) kept.set("style", next.style);
        if (next.overlay) kept.set("overlay", next.overlay);
        if (!next.weighted) kept.set("weighted", "0");
        if (next.asIs) kept.set("to_be", "0");
        for (const key of next.lanes ?? []) kept.append("lane", key);
        for (const key of next.folded) kept.append("folded", key);
        if (next.lang) kept.set("in", next.lang);
        return kept;
      },
      { replace: true },
    );
  return [view, look];
}

/** The step or cell that is open, as the address tells: `at=step`, or `at=lane/step`. */
export function useChosen(): [Chosen | null, (chosen: Chosen | null) => void] {
  const [search, setSearch] = useSearchParams();
  const [first, second] = (search.get("at") ?? "").split("/");
  const chosen = second ? { lane: first, step: second } : first ? { step: first } : null;
  const choose = (next: Chosen | null) =>
    setSearch(
      (before) => {
        const kept = new URLSearchParams(before);
        kept.delete("at");
        if (next) kept.set("at", [next.lane, next.step].filter(Boolean).join("/"));
        return kept;
      },
      { replace: true },
    );
  return [chosen, choose];
}

/** What the server is asked for a picture. */
export function lookOf({ type, style, overlay, lanes, folded, weighted, asIs }: View) {
  const weights = weighted ? undefined : false;
  return { type, style, overlay, lane: lanes, folded, weighted: weights, to_be: asIs ? false : undefined };
}
