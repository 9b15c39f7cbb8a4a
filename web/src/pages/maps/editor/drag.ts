import classes from "./Drag.module.css";

/** How wide a column is: as the style sheet says. */
export const COL = 156;

const FAR = 4;
const EDGE = 48;
const SPEED = 14;

/** Where the pointer is in the grid. */
export interface Hit {
  row: number;
  col: number;
  /** How far into the column, 0 to 1. */
  part: number;
  /** In which half of the row: of lanes that are moved. */
  low: boolean;
  /** The pointer's place in the content. */
  x: number;
  y: number;
  /** And in the window. */
  left: number;
  top: number;
}

const TOUCH_FAR = 8;
const HOLD_MS = 380;

/** A rectangle of the content. */
export interface Spot {
  left: number;
  top: number;
  width: number;
  height: number;
}

interface RowAt {
  row: number;
  top: number;
  height: number;
}

export const firstOf = (scroll: HTMLElement): number =>
  scroll.querySelector<HTMLElement>("[data-corner]")?.offsetWidth ?? 0;

/** Where things lie in the content of what scrolls, looked up once: nothing is laid out while one drags. */
export class Ground {
  readonly rows: RowAt[];
  /** How wide the column of the heads is: narrower in a narrow window. */
  readonly first: number;
  readonly #scroll: HTMLElement;
  #place: DOMRect;

  constructor(scroll: HTMLElement) {
    this.#scroll = scroll;
    this.#place = scroll.getBoundingClientRect();
    this.first = firstOf(scroll);
    this.rows = [...scroll.querySelectorAll<HTMLElement>("[role=row][data-row]")].map((one) => {
      const { top, height } = this.spot(one);
      return { row: Number(one.dataset.row), top, height };
    });
  }

  spot(one: Element): Spot {
    const { left, top, width, height } = one.getBoundingClientRect();
    return {
      left: left - this.#place.left - this.#scroll.clientLeft + this.#scroll.scrollLeft,
      top: top - this.#place.top - this.#scroll.clientTop + this.#scroll.scrollTop,
      width,
      height,
    };
  }

  /** The cell under a point of the window. */
  at(clientX: number, clientY: number): Hit {
    const inX = clientX - this.#place.left;
    const x = inX + this.#scroll.scrollLeft;
    const y = clientY - this.#place.top + this.#scroll.scrollTop;
    const along = (x - this.first) / COL;
    const lanes = this.rows.filter((one) => one.row >= 0);
    const found = lanes.findLast((one) => y >= one.top) ?? lanes[0];
    return {
      row: found?.row ?? 0,
      col: inX < this.first ? -1 : Math.floor(along),
      part: along - Math.floor(along),
      low: found ? y > found.top + found.height / 2 : false,
      x,
      y,
      left: clientX,
      top: clientY,
    };
  }

  /** Scroll when the pointer is near an edge; whether it did. */
  scroll(clientX: number, clientY: number): boolean {
    const { left, right, top, bottom } = this.#place;
    const toward = (at: number, low: number, high: number) =>
      at < low + EDGE ? -1 : at > high - EDGE ? 1 : 0;
    const x = toward(clientX, left + this.first, right) * SPEED;
    const y = toward(clientY, top + 56, bottom) * SPEED;
    if (!x && !y) return false;
    const { scrollLeft, scrollTop } = this.#scroll;
    this.#scroll.scrollBy(x, y);
    return scrollLeft !== this.#scroll.scrollLeft || scrollTop !== this.#scroll.scrollTop;
  }
}

interface Dragging<D> {
  /** What is dragged: a picture of it follows the pointer, unless it is to stay. */
  shown: HTMLElement | null;
  /** Where it would go, and what shows that: a rectangle of the content. */
  over: (hit: Hit, ground: Ground) => { drop: D; spot: Spot } | null;
  /** What shows it is a frame around where it goes, not a line. */
  framed?: boolean;
  /** It is let go there. */
  drop: (drop: D) => void;
  /** Nothing was dragged: it was a click. */
  click?: () => void;
  /** It is over, wherever it was let go. */
  end?: () => void;
}

/**
 * What a finger does: a short touch chooses, a longer one takes hold; whoever moves on at once scrolls, and whoever
 * puts a second finger down does neither.
 */
export function touched(event: PointerEvent, tap: () => void, hold: () => void): void {
  const timer = setTimeout(() => {
    end();
    navigator.vibrate?.(10);
    hold();
  }, HOLD_MS);
  const onMove = (moved: PointerEvent) => {
    if (Math.hypot(moved.clientX - event.clientX, moved.clientY - event.clientY) > TOUCH_FAR) end();
  };
  const onDown = (other: PointerEvent) => other.pointerId === event.pointerId || end();
  const onUp = () => {
    end();
    tap();
  };
  const end = () => {
    clearTimeout(timer);
    window.removeEventListener("pointerdown", onDown, true);
    window.removeEventListener("pointermove", onMove);
    window.removeEventListener("pointerup", onUp);
    window.removeEventListener("pointercancel", end);
  };
  window.addEventListener("pointerdown", onDown, true);
  window.addEventListener("pointermove", onMove);
  window.addEventListener("pointerup", onUp);
  window.addEventListener("pointercancel", end);
}

/** Whether something is being dragged: then a finger that moves does not scroll. */
export const dragged = (): boolean => document.body.classList.contains(classes.dragging ?? "");

/**
 * Drag something with the pointer. Only the picture and the mark are moved while it lasts, by their transform: the
 * grid is not drawn anew. Escape ends it without a drop.
 *
 * @param held a finger has taken hold already, so it begins at once; this is done when it lets go where it was.
 */
export function drag<D>(
  event: PointerEvent,
  scroll: HTMLElement,
  what: Dragging<D>,
  held?: () => void,
): void {
  const start = { x: event.clientX, y: event.clientY };
  let pointer = start;
  let ground: Ground | null = null;
  let ghost: HTMLElement | null = null;
  let mark: HTMLElement | null = null;
  let offset = { x: 0, y: 0 };
  let found: { drop: D; spot: Spot } | null = null;
  let frame = 0;
  let moved = false;

  const begin = () => {
    ground = new Ground(scroll);
    mark = document.createElement("div");
    mark.className = (what.framed ? classes.frame : classes.drop) ?? "";
    scroll.append(mark);
    if (what.shown) {
      const place = what.shown.getBoundingClientRect();
      offset = { x: start.x - place.left, y: start.y - place.top };
      ghost = what.shown.cloneNode(true) as HTMLElement;
      ghost.classList.add(classes.ghost ?? "");
      ghost.style.width = `${Math.min(place.width, 320)}px`;
      ghost.setAttribute("aria-hidden", "true");
      document.body.append(ghost);
      what.shown.classList.add(classes.taken ?? "");
    }
    document.body.classList.add(classes.dragging ?? "");
    show();
  };
  const show = () => {
    frame = requestAnimationFrame(show);
    if (!ground || !mark) return;
    ground.scroll(pointer.x, pointer.y);
    found = what.over(ground.at(pointer.x, pointer.y), ground);
    mark.style.display = found ? "" : "none";
    if (found) {
      const { left, top, width, height } = found.spot;
      mark.style.transform = `translate(${left}px, ${top}px)`;
      mark.style.width = `${width}px`;
      mark.style.height = `${height}px`;
    }
    if (ghost) ghost.style.transform = `translate(${pointer.x - offset.x}px, ${pointer.y - offset.y}px)`;
  };
  const onMove = (to: PointerEvent) => {
    if (to.pointerId !== event.pointerId) return;
    pointer = { x: to.clientX, y: to.clientY };
    moved ||= Math.hypot(pointer.x - start.x, pointer.y - start.y) >= FAR;
    if (!ground && moved) begin();
  };
  const end = () => {
    what.end?.();
    cancelAnimationFrame(frame);
    ghost?.remove();
    mark?.remove();
    what.shown?.classList.remove(classes.taken ?? "");
    document.body.classList.remove(classes.dragging ?? "");
    window.removeEventListener("pointermove", onMove);
    window.removeEventListener("pointerup", onUp);
    window.removeEventListener("pointercancel", onCancel);
    window.removeEventListener("keydown", onKey, true);
  };
  const onCancel = (of: PointerEvent) => of.pointerId === event.pointerId && end();
  const onUp = (of: PointerEvent) => {
    if (of.pointerId !== event.pointerId) return;
    const target = ground && moved ? what.over(ground.at(pointer.x, pointer.y), ground) : null;
    end();
    if (target) what.drop(target.drop);
    else if (!moved) (held ?? what.click)?.();
  };
  const onKey = (key: KeyboardEvent) => {
    if (key.key !== "Escape") return;
    key.stopPropagation();
    end();
  };
  window.addEventListener("pointermove", onMove);
  window.addEventListener("pointerup", onUp);
  window.addEventListener("pointercancel", onCancel);
  window.addEventListener("keydown", onKey, true);
  if (held) begin();
}
