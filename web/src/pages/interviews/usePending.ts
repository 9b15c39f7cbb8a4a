import { type RefObject, useEffect, useState } from "react";
import type { Pending } from "./Bar";
import { chosenIn } from "./chosen";
import { type Letters, trimmed } from "./letters";

const WIDE = 340;
const NAME = "lvtu-chosen";

/** What was chosen in a text and is about to be marked: it stays painted while its codes are written. */
export function usePending(
  text: RefObject<HTMLElement | null>,
  frame: RefObject<HTMLElement | null>,
  letters: Letters,
) {
  const [pending, setPending] = useState<Pending | null>(null);
  useEffect(() => {
    paint(pending?.range ?? null);
    return () => paint(null);
  }, [pending]);
  /** Take what is selected now; returns whether anything is. */
  const take = (keys: boolean): Pending | null => {
    const chosen = chosenIn(text.current);
    const span = chosen && trimmed(letters, ...chosen);
    const around = frame.current;
    const selection = window.getSelection();
    if (!span || !around || !selection) {
      setPending(null);
      return null;
    }
    const range = selection.getRangeAt(0);
    const rects = [...range.getClientRects()];
    const last = rects.at(-1) ?? range.getBoundingClientRect();
    const zero = around.getBoundingClientRect();
    const left = Math.max(0, Math.min(last.left - zero.left, zero.width - WIDE));
    const found = {
      start: span[0],
      end: span[1],
      top: last.bottom - zero.top + 8,
      left,
      keys,
      range: range.cloneRange(),
    };
    setPending(found);
    return found;
  };
  return { pending, take, drop: () => setPending(null) };
}

/** Paint words without touching them, where the browser can; elsewhere they stay unpainted. */
function paint(range: Range | null): void {
  if (typeof CSS === "undefined" || !("highlights" in CSS)) return;
  if (range) CSS.highlights.set(NAME, new Highlight(range));
  else CSS.highlights.delete(NAME);
}
