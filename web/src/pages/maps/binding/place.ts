/** Where something is bound: a cell by lane and step, a lane, a step, or with neither the head of the map. */
export interface Place {
  step?: string;
  lane?: string;
}

/** How far a binding reaches. */
export type Reach = "cell" | "lane" | "new" | "head";

/** The reaches that a place can have, the most likely first. */
export function reaches({ step, lane }: Place): Reach[] {
  const own: Reach[] = lane ? (step ? ["cell", "lane"] : ["lane"]) : [];
  return [
    ...own,
    ...(step || lane ? (["new"] as const) : []),
    "head",
    ...(step || lane ? [] : (["new"] as const)),
  ];
}
