import type { Survey } from "@survey/definition";
import { type KeyboardEvent, type PointerEvent, useState } from "react";
import { moved, placeOf, stepped } from "./definition";

/** Puts questions in another order, by the grip of each: drawn with the pointer, or with the arrow keys. */
export function useOrder(survey: Survey, change: (survey: Survey) => void) {
  const [held, setHeld] = useState<string | null>(null);
  const onPointerDown = (key: string) => (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    const grip = event.currentTarget;
    grip.setPointerCapture(event.pointerId);
    setHeld(key);
    let last = survey;
    const follow = (now: globalThis.PointerEvent) => {
      const under = document
        .elementFromPoint(now.clientX, now.clientY)
        ?.closest<HTMLElement>("[data-question]");
      const over = under?.dataset.question;
      if (!over || over === key) return;
      last = moved(last, key, over);
      change(last);
    };
    const release = () => {
      for (const name of ["pointermove", "pointerup", "pointercancel"] as const)
        grip.removeEventListener(name, name === "pointermove" ? follow : release);
      setHeld(null);
    };
    grip.addEventListener("pointermove", follow);
    grip.addEventListener("pointerup", release);
    grip.addEventListener("pointercancel", release);
  };
  const onKeyDown = (key: string) => (event: KeyboardEvent<HTMLElement>) => {
    const step = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
    const place = placeOf(survey, key);
    if (!step || !place) return;
    event.preventDefault();
    change(stepped(survey, place, step).survey);
    // What is put elsewhere, on another page even, has the focus no more.
    requestAnimationFrame(() =>
      document.querySelector<HTMLElement>(`[data-question="${key}"] button`)?.focus(),
    );
  };
  return {
    held,
    grip: (key: string) => ({ onPointerDown: onPointerDown(key), onKeyDown: onKeyDown(key) }),
  };
}
