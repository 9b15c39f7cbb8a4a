/** Where a tour leads, and what it points at there. */
export interface Stop {
  word: StopWord;
  /** The address. */
  to: string;
  /** What is pointed at: a selector. */
  mark?: string;
  /** Values of its words. */
  values?: Record<string, string | number>;
}

type StopWord =
  | "finding"
  | "evidence"
  | "weights"
  | "segment"
  | "assumption"
  | "blueprint"
  | "simulated"
  | "customer"
  | "export"
  | "own";

/** What is known of the map that a tour is about, before it begins. */
export interface Facts {
  ws: string;
  map: string;
  /** What got significantly worse, or else what is known best. */
  finding?: { lane: string; step: string; title: string; shown: string; n: number; before: string | null };
  /** Whether answers carry survey weights. */
  weighted: boolean;
  /** The key of a card that nothing supports. */
  assumption?: string;
  /** A condition that some of the customers fulfil. */
  segment?: string;
  /** The simulated retailer: its workspace, its map, and a customer who clicked, chatted and wrote a review. */
  simulated?: { ws: string; map: string; customer: string };
}

const path = (...parts: string[]) => `/w/${parts.map(encodeURIComponent).join("/")}`;
const query = (values: Record<string, string>) => `?${new URLSearchParams(values)}`;

/** The stops of a tour; what a workspace has nothing of is left out. */
export function stopsOf(facts: Facts): Stop[] {
  const map = path(facts.ws, "maps", facts.map);
  const { finding, assumption, segment, simulated } = facts;
  const point = finding && `[data-kind=point][data-key="${finding.lane}/${finding.step}"]`;
  const found: (Stop | false | undefined)[] = [
    finding && {
      word: "finding",
      to: map,
      ...(point && { mark: point }),
      values: { title: finding.title, shown: finding.shown, before: finding.before ?? "—" },
    },
    finding && {
      word: "evidence",
      to: map + query({ at: `${finding.lane}/${finding.step}` }),
      mark: "[role=dialog] [class*=value]",
      values: { n: finding.n },
    },
    facts.weighted && { word: "weights", to: map + query({ weighted: "0" }), mark: "[data-tour=weights]" },
    segment !== undefined && { word: "segment", to: map + query({ who: segment }), mark: "[data-tour=who]" },
    assumption !== undefined && {
      word: "assumption",
      to: map,
      mark: `[data-kind=card][data-key="${assumption}"]`,
    },
    { word: "blueprint", to: map + query({ view: "blueprint" }), mark: "[data-tour=blueprint]" },
    simulated && {
      word: "simulated",
      to: path(simulated.ws, "maps", simulated.map),
      mark: "header [title]",
    },
    simulated && {
      word: "customer",
      to: path(simulated.ws, "customers", simulated.customer),
      mark: "main [class*=lanes]",
    },
    { word: "export", to: map, mark: "[data-tour=export]" },
    { word: "own", to: path(facts.ws, "start"), mark: "main h1" },
  ];
  return found.filter((one): one is Stop => Boolean(one));
}
