/** Where something lies. */
export type Lying = Pick<DOMRect, "left" | "top" | "right" | "bottom">;

/** How much worse it is to lie aside than further ahead, and to lie rather aside than ahead. */
const ASIDE = 3;
const ACROSS = 10_000;

const WAYS: Record<string, (from: Lying, to: Lying) => [ahead: number, aside: number]> = {
  ArrowRight: (from, to) => [middle(to, "x") - middle(from, "x"), apart(from, to, "y")],
  ArrowLeft: (from, to) => [middle(from, "x") - middle(to, "x"), apart(from, to, "y")],
  ArrowDown: (from, to) => [middle(to, "y") - middle(from, "y"), apart(from, to, "x")],
  ArrowUp: (from, to) => [middle(from, "y") - middle(to, "y"), apart(from, to, "x")],
};

/**
 * Which of some things a key leads to: the nearest one that way, which may lie a little aside; Home and End the first and the last.
 * Null where there is none, undefined where the key leads nowhere at all.
 */
export function toward(all: readonly Lying[], at: number, key: string): number | null | undefined {
  if (key === "Home") return all.length ? 0 : null;
  if (key === "End") return all.length ? all.length - 1 : null;
  const way = WAYS[key];
  const from = all[at];
  if (!way || !from) return undefined;
  let best: number | null = null;
  let least = Number.POSITIVE_INFINITY;
  all.forEach((to, place) => {
    const [ahead, aside] = way(from, to);
    const far = ahead + ASIDE * aside + (aside > ahead ? ACROSS : 0);
    if (ahead > 1 && far < least) [best, least] = [place, far];
  });
  return best;
}

const middle = (of: Lying, axis: "x" | "y") =>
  axis === "x" ? (of.left + of.right) / 2 : (of.top + of.bottom) / 2;

/** How far two lie apart along an axis; 0 where they stand one above or beside the other. */
function apart(a: Lying, b: Lying, axis: "x" | "y"): number {
  const [from, to] = axis === "x" ? (["left", "right"] as const) : (["top", "bottom"] as const);
  return Math.max(0, a[from] - b[to], b[from] - a[to]);
}

/**
 * What a part of a picture is called: its title and what is written there, which is said once where one holds the other.
 * What is written stands in it as it is: whoever sees it and speaks to the machine says that.
 */
export function called(title: string, written: string): string {
  const [told, shown] = [title, written].map((text) => text.replace(/\s+/g, " ").trim()) as [string, string];
  if (bare(shown).includes(bare(told))) return shown;
  return bare(told).includes(bare(shown)) ? told : `${told} ${shown}`;
}

const bare = (text: string) => text.replace(/\s+/g, "");
