import { type PointerEvent, type RefObject, useState } from "react";
import type { Tile } from "@/hooks/useBoards";
import { COLUMNS, moved, sized } from "./layout";

export const ROW = 84;
export const GAP = 12;

/** Moves and sizes tiles with the pointer: the others make room meanwhile, and it is kept when it is let go. */
export function useArrange(
  tiles: Tile[],
  grid: RefObject<HTMLDivElement | null>,
  onArrange: (tiles: Tile[]) => void,
) {
  const [held, setHeld] = useState<{ id: string; tiles: Tile[] } | null>(null);
  const hold = (id: string, what: "move" | "size") => (event: PointerEvent<HTMLElement>) => {
    const tile = tiles.find((one) => one.id === id);
    const box = grid.current?.getBoundingClientRect();
    if (!tile || !box || event.button !== 0) return;
    const grip = event.currentTarget;
    grip.setPointerCapture(event.pointerId);
    const from = { x: event.clientX - box.left, y: event.clientY - box.top };
    const column = (box.width + GAP) / COLUMNS;
    let last = tiles;
    const follow = (now: globalThis.PointerEvent) => {
      const here = grid.current?.getBoundingClientRect() ?? box;
      const across = Math.round((now.clientX - here.left - from.x) / column);
      const down = Math.round((now.clientY - here.top - from.y) / (ROW + GAP));
      last =
        what === "move"
          ? moved(tiles, id, tile.x + across, tile.y + down)
          : sized(tiles, id, tile.w + across, tile.h + down);
      setHeld({ id, tiles: last });
    };
    const release = () => {
      grip.removeEventListener("pointermove", follow);
      grip.removeEventListener("pointerup", release);
      grip.removeEventListener("pointercancel", release);
      setHeld(null);
      if (JSON.stringify(last) !== JSON.stringify(tiles)) onArrange(last);
    };
    grip.addEventListener("pointermove", follow);
    grip.addEventListener("pointerup", release);
    grip.addEventListener("pointercancel", release);
  };
  return { shown: held?.tiles ?? tiles, held: held?.id ?? null, hold };
}
