import { type TouchEvent, useRef } from "react";

const LARGER = 1.05;

/** One finger that goes along: how far to the right and down. Where somebody has made the picture larger, it is theirs. */
export function useSwipe(done: (right: number, down: number) => void) {
  const from = useRef<{ x: number; y: number } | null>(null);
  return {
    onTouchStart: ({ touches }: TouchEvent) => {
      const first = touches[0];
      const fits = (window.visualViewport?.scale ?? 1) < LARGER;
      from.current = first && touches.length === 1 && fits ? { x: first.clientX, y: first.clientY } : null;
    },
    onTouchEnd: ({ changedTouches }: TouchEvent) => {
      const last = changedTouches[0];
      const { current: start } = from;
      from.current = null;
      if (start && last) done(last.clientX - start.x, last.clientY - start.y);
    },
    onTouchCancel: () => {
      from.current = null;
    },
  };
}
