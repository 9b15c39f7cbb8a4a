import { type RefObject, type TouchEvent, useRef } from "react";
import { atEnd } from "./reading";

const LARGER = 1.05;

interface Begun {
  x: number;
  y: number;
  /** Whether what moves under the finger has come to its left and right end. */
  ends: [left: boolean, right: boolean];
}

/**
 * One finger that goes along: how far to the right and down. Where somebody has made the picture larger, or it can still
 * be moved that way, the finger moves it.
 */
export function useSwipe(moves: RefObject<Element | null>, done: (right: number, down: number) => void) {
  const from = useRef<Begun | null>(null);
  return {
    onTouchStart: ({ touches, target }: TouchEvent) => {
      const first = touches[0];
      const fits = (window.visualViewport?.scale ?? 1) < LARGER;
      const under = moves.current?.contains(target as Node) ? moves.current : null;
      const ends: Begun["ends"] = under ? [atEnd(1, under), atEnd(-1, under)] : [true, true];
      from.current =
        first && touches.length === 1 && fits ? { x: first.clientX, y: first.clientY, ends } : null;
    },
    onTouchEnd: ({ changedTouches }: TouchEvent) => {
      const last = changedTouches[0];
      const { current: start } = from;
      from.current = null;
      if (!start || !last) return;
      const right = last.clientX - start.x;
      if (start.ends[right > 0 ? 0 : 1]) done(right, last.clientY - start.y);
    },
    onTouchCancel: () => {
      from.current = null;
    },
  };
}
