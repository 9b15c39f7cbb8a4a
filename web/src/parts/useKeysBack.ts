import { useEffect } from "react";

/**
 * Gives the keys back to what had them when a window opened, once it is closed. Mantine's own windows do so only where
 * they were there before they opened; those that come when they are called for were not.
 */
export function useKeysBack(opened: boolean): void {
  useEffect(() => {
    if (!opened) return;
    const before = document.activeElement;
    return () => {
      setTimeout(() => giveBack(before));
    };
  }, [opened]);
}

/** Have what had the keys before take them again, unless something else has done so; where it is gone the page has them. */
function giveBack(before: Element | null): void {
  const now = document.activeElement;
  if (now && now !== document.body && !now.closest("[role=dialog], [role=menu]")) return;
  const there = before?.isConnected && before !== document.body ? before : document.querySelector("main");
  if (there instanceof HTMLElement || there instanceof SVGElement) there.focus({ preventScroll: true });
}
