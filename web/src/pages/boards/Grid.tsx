import { IconArrowsDiagonal2, IconGripVertical } from "@tabler/icons-react";
import { type KeyboardEvent, type ReactNode, useRef, useState } from "react";
import type { Tile } from "@/hooks/useBoards";
import { useSay } from "@/words/say";
import classes from "./Grid.module.css";
import { sized, stepped, type Way } from "./layout";
import { useArrange } from "./useArrange";

interface Props {
  tiles: Tile[];
  /** Takes the tiles as they were arranged; not given where they may not be. */
  onArrange?: (tiles: Tile[]) => void;
  nameOf: (tile: Tile) => string;
  children: (tile: Tile, grip: ReactNode) => ReactNode;
}

const WAYS: Record<string, Way> = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
};
const GROWTH: Record<Way, [number, number]> = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] };

/** Tiles in a grid of twelve columns, moved and sized with the mouse or the arrow keys. */
export function Grid({ tiles, onArrange, nameOf, children }: Props) {
  const say = useSay();
  const grid = useRef<HTMLDivElement>(null);
  const [said, setSaid] = useState("");
  const { shown, held, hold } = useArrange(tiles, grid, (next) => onArrange?.(next));

  const arrange = (next: Tile[], id: string) => {
    const tile = next.find((one) => one.id === id);
    if (!tile) return;
    onArrange?.(next);
    setSaid(say("web.boards.placed", { column: tile.x + 1, row: tile.y + 1, w: tile.w, h: tile.h }));
  };
  const onKey = (tile: Tile, what: "move" | "size") => (event: KeyboardEvent) => {
    const way = WAYS[event.key];
    if (!way) return;
    event.preventDefault();
    const [w, h] = GROWTH[way];
    arrange(
      what === "move" ? stepped(tiles, tile.id, way) : sized(tiles, tile.id, tile.w + w, tile.h + h),
      tile.id,
    );
  };
  // In the order in which they are read, so that keys go through them in it too.
  const order = [...shown].sort((a, b) => a.y - b.y || a.x - b.x);
  return (
    <div ref={grid} className={`${classes.grid} ${held ? classes.arranging : ""}`}>
      {order.map((tile) => (
        <section
          key={tile.id}
          aria-label={nameOf(tile)}
          className={`${classes.tile} ${held === tile.id ? classes.held : ""}`}
          style={{
            gridColumn: `${tile.x + 1} / span ${tile.w}`,
            gridRow: `${tile.y + 1} / span ${tile.h}`,
          }}
        >
          {children(
            tile,
            onArrange && (
              <button
                type="button"
                className={classes.grip}
                aria-label={say("web.boards.move", { name: nameOf(tile) })}
                title={say("web.boards.move_how")}
                onPointerDown={hold(tile.id, "move")}
                onKeyDown={onKey(tile, "move")}
              >
                <IconGripVertical size={15} />
              </button>
            ),
          )}
          {onArrange && (
            <button
              type="button"
              className={classes.size}
              aria-label={say("web.boards.size", { name: nameOf(tile) })}
              title={say("web.boards.size_how")}
              onPointerDown={hold(tile.id, "size")}
              onKeyDown={onKey(tile, "size")}
            >
              <IconArrowsDiagonal2 size={13} />
            </button>
          )}
        </section>
      ))}
      <span className={classes.unseen} aria-live="polite">
        {said}
      </span>
    </div>
  );
}
