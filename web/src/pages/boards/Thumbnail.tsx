import type { Tile } from "@/hooks/useBoards";
import classes from "./Boards.module.css";
import { COLUMNS } from "./layout";

const ROWS = 9;
const GAP = 0.16;

/** How a board is laid out, from afar. */
export function Thumbnail({ tiles }: { tiles: Tile[] }) {
  return (
    <svg
      className={classes.thumbnail}
      viewBox={`0 0 ${COLUMNS} ${ROWS / 2}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {!tiles.length && <rect className={classes.bare} x={0.1} y={0.1} width={11.8} height={4.3} rx={0.12} />}
      {tiles
        .filter((tile) => tile.y < ROWS)
        .map((tile) => (
          <rect
            key={tile.id}
            x={tile.x + GAP / 2}
            y={tile.y / 2 + GAP / 2}
            width={tile.w - GAP}
            height={tile.h / 2 - GAP}
            rx={0.12}
          />
        ))}
    </svg>
  );
}
