import { useWindowEvent } from "@mantine/hooks";
import { type RefObject, useEffect, useState } from "react";

const FIRST =
  "input:not([type=hidden], :disabled), select, textarea, button:not(:disabled, [tabindex='-1']), a[href], [tabindex='0']";

/** Have the first thing inside take the keys; whether there is one. */
function enter(within: Element | null | undefined): boolean {
  const first = within?.querySelector<HTMLElement>(FIRST);
  first?.focus();
  return first !== null && first !== undefined;
}

/**
 * F6 leads from the grid to the details, where they are open, and to the tools, and round again; with Shift the other
 * way. In a grid, in which Tab goes from cell to cell, it is the short way out.
 */
export function useParts(parts: RefObject<HTMLElement | null>[], grid: () => void): void {
  useWindowEvent("keydown", (event) => {
    const at = document.activeElement;
    if (event.key !== "F6" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (at?.closest("[role=dialog], [role=menu]")) return;
    event.preventDefault();
    const there = parts.map((one) => one.current).filter((one) => one !== null);
    const from = there.findIndex((one) => one.contains(at));
    const to = (from + (event.shiftKey ? -1 : 1) + there.length + 1) % (there.length + 1);
    // Before the first of them is the grid.
    if (to === there.length || !enter(there[to])) grid();
  });
}

/** Has the keys go into a part beside the grid once it is drawn, as often as somebody asks for it. */
export function useEntering(part: RefObject<HTMLElement | null>): () => void {
  const [asked, ask] = useState(0);
  useEffect(() => {
    if (asked) enter(part.current?.querySelector("[data-inside]"));
  }, [asked, part]);
  return () => ask((times) => times + 1);
}
