import type { Spec } from "@/api/types";
import { askOf } from "@/pages/explore/address";
import type { Matter } from "./types";

/** The address, in the app, of where a matter is dealt with. */
export function placeOf(ws: string, { page, params = {} }: Matter["target"]): string {
  const base = `/w/${encodeURIComponent(ws)}`;
  const { spec, tab, ...more } = params as { spec?: Spec; tab?: string } & Record<string, unknown>;
  if (page === "explore" && spec) {
    const { analysis, ...rest } = spec;
    return `${base}/${askOf(String(analysis), rest)}`;
  }
  const known = Object.entries(more).filter(([, value]) => value !== null && value !== undefined);
  const asked = new URLSearchParams(known.map(([name, value]) => [name, String(value)])).toString();
  return [base, page, tab].filter(Boolean).join("/") + (asked ? `?${asked}` : "");
}
