/** Pixels of the smallest text that one reads without trouble, and of what one cannot read any more. */
const READ = 12;
const BLUR = 9;
/** A larger window is seen from afar, by several people: there the whole frame is shown. */
const SMALL = 600;

/**
 * How large a frame is shown where all of it would be too small to read, so that one moves through it; null: all of it is shown.
 *
 * @param frame its width and height.
 * @param room that of the place where it is shown.
 * @param least the size of its smallest text.
 * @param window the shorter side of the window.
 */
export function readable(
  frame: { width: number; height: number },
  room: { width: number; height: number },
  least: number,
  window: number,
): number | null {
  const fits = Math.min(room.width / frame.width, room.height / frame.height);
  return window >= SMALL || least * fits >= BLUR ? null : READ / least;
}

/** What part of its room the heads of a frame may take that stay in sight. */
const HEADS = 0.5;

/**
 * Whether the heads of a frame can stay in sight while it is moved, and leave room for what they are the heads of.
 *
 * @param heads where they end: to the right, and at the bottom last, as the picture tells.
 */
export function stayRoom(
  heads: string | undefined,
  zoom: number,
  room: { width: number; height: number },
): boolean {
  const [right = 0, , bottom = 0] = (heads ?? "").split(" ").map(Number);
  return right * zoom <= HEADS * room.width && bottom * zoom <= HEADS * room.height;
}

/** Whether a finger that goes to a side has come to the end of what can be moved that way: it means the next frame then. */
export function atEnd(
  right: number,
  { scrollLeft, scrollWidth, clientWidth }: Pick<Element, "scrollLeft" | "scrollWidth" | "clientWidth">,
): boolean {
  return right < 0 ? scrollLeft >= scrollWidth - clientWidth - 2 : scrollLeft <= 2;
}
