const GAP = 8;

/**
 * Where notes stand in the margin: each beside its words, none over another; the open one exactly beside its own.
 *
 * `wanted` are the heights at which their words stand, ascending; `heights` how tall they are; `open` which is open, −1 for none.
 */
export function stacked(wanted: number[], heights: number[], open: number): number[] {
  const tops = [...wanted];
  const down = (from: number) => {
    for (let at = from; at < tops.length; at++) {
      const above = at > 0 ? (tops[at - 1] ?? 0) + (heights[at - 1] ?? 0) + GAP : 0;
      tops[at] = Math.max(at === open ? above : (wanted[at] ?? 0), above);
    }
  };
  down(0);
  if (open < 0) return tops;
  tops[open] = wanted[open] ?? 0;
  for (let at = open - 1; at >= 0; at--) {
    tops[at] = Math.min(tops[at] ?? 0, (tops[at + 1] ?? 0) - (heights[at] ?? 0) - GAP);
  }
  if ((tops[0] ?? 0) < 0) {
    tops[0] = 0; // no room above: everything moves down after all
    for (let at = 1; at <= open; at++) {
      tops[at] = Math.max(tops[at] ?? 0, (tops[at - 1] ?? 0) + (heights[at - 1] ?? 0) + GAP);
    }
  }
  down(open + 1);
  return tops;
}
