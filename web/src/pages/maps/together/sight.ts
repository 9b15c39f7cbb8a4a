/** Where the lanes and the steps of a map are on the screen. */
export interface Spots {
  lanes: [key: string, box: DOMRect][];
  steps: [key: string, box: DOMRect][];
}

const middle = (box: DOMRect, way: "x" | "y") =>
  way === "x" ? box.left + box.width / 2 : box.top + box.height / 2;

function nearest(spots: [string, DOMRect][], way: "x" | "y", to: number): string {
  let [found, least] = ["", Number.POSITIVE_INFINITY];
  for (const [key, box] of spots) {
    const apart = Math.abs(middle(box, way) - to);
    if (apart < least) [found, least] = [key, apart];
  }
  return found;
}

/** What stands in the middle of what is seen, as `lane/step`. */
export function sightOf(seen: DOMRect, { lanes, steps }: Spots): string {
  const [lane, step] = [nearest(lanes, "y", middle(seen, "y")), nearest(steps, "x", middle(seen, "x"))];
  return lane || step ? `${lane}/${step}` : "";
}

/** How far to scroll so that a sight stands in the middle. */
export function wayTo(sight: string, seen: DOMRect, { lanes, steps }: Spots): { left: number; top: number } {
  const [lane = "", step = ""] = sight.split("/");
  const of = (spots: [string, DOMRect][], key: string) => spots.find(([one]) => one === key)?.[1];
  const [row, column] = [of(lanes, lane), of(steps, step)];
  return {
    left: column ? middle(column, "x") - middle(seen, "x") : 0,
    top: row ? middle(row, "y") - middle(seen, "y") : 0,
  };
}
