import type { KeyboardEvent } from "react";

/** Whether Escape leaves what is around: nothing inside takes it for itself, as a list that is open does. */
export function leaves(event: KeyboardEvent<HTMLElement>): boolean {
  if (event.key !== "Escape" || event.defaultPrevented) return false;
  if (!event.currentTarget.contains(event.target as Node)) return false; // a window that it opened
  return (
    (event.target as Element).getAttribute("aria-expanded") !== "true" ||
    event.target instanceof HTMLButtonElement
  );
}
