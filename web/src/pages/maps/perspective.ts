import { useAddress } from "@/hooks/useAddress";

/** From whose perspective a map is seen, and whose curve stands beside it; as the server is asked for them. */
export interface Whose {
  who?: string;
  compare?: string;
}

const EVERYBODY = "everybody";

/** The perspective that the address tells: whoever is sent it sees the same. */
export function usePerspective(): [Whose, (next: Whose) => void] {
  const [search, ask] = useAddress();
  const who = search.get("who") ?? undefined;
  const compare = search.get("compare") ?? undefined;
  const look = (next: Whose) => ask({ who: next.who, compare: next.compare });
  return [{ ...(who && { who }), ...(compare && { compare }) }, look];
}

export const KINDS = ["everybody", "persona", "segment", "condition", "customer"] as const;
export type Kind = (typeof KINDS)[number];

/** What kind of perspective a text names, and the name in it. A text that is no segment's name is a condition. */
export function kindOf(who: string | undefined, segments: string[]): [Kind, string] {
  if (!who || who === EVERYBODY) return ["everybody", ""];
  for (const kind of ["persona", "customer"] as const) {
    if (who.startsWith(`${kind}:`)) return [kind, who.slice(kind.length + 1)];
  }
  return [segments.includes(who) ? "segment" : "condition", who];
}

/** The text that names a perspective; nothing while its name is not said yet. */
export function textOf(kind: Kind, name: string): string | undefined {
  const said = name.trim();
  if (kind === "everybody") return EVERYBODY;
  if (!said) return undefined;
  return kind === "persona" || kind === "customer" ? `${kind}:${said}` : said;
}

/** Whether a perspective is that of one customer: then the days themselves can be told. */
export const ofOne = (who: string | undefined): boolean => kindOf(who, [])[0] === "customer";
