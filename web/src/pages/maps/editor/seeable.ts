import { COL, firstOf } from "./drag";
import type { Place } from "./places";

const ROOM = 8;

/** Scroll what is selected into sight, past the heads that stay. */
export function seeable(scroll: HTMLElement, { row, col, card }: Place): void {
  if (col >= 0) {
    const first = firstOf(scroll);
    const left = first + col * COL;
    if (left < scroll.scrollLeft + first) scroll.scrollLeft = left - first;
    else if (left + COL > scroll.scrollLeft + scroll.clientWidth)
      scroll.scrollLeft = left + COL - scroll.clientWidth + ROOM;
  }
  if (row < 0) return;
  const line = scroll.querySelector<HTMLElement>(`[role=row][data-row="${row}"]`);
  const part = card === null ? null : scroll.querySelector<HTMLElement>(`[data-card="${CSS.escape(card)}"]`);
  const heads = scroll.querySelector<HTMLElement>("[role=rowgroup]")?.offsetHeight ?? 0;
  const area = scroll.getBoundingClientRect();
  const spot = (part ?? line)?.getBoundingClientRect();
  if (!spot) return;
  const above = spot.top - area.top - heads - ROOM;
  const below = spot.bottom - area.bottom + ROOM;
  if (above < 0 || spot.height > area.height - heads) scroll.scrollTop += above;
  else if (below > 0) scroll.scrollTop += below;
}
