import { type KeyboardEvent, type PointerEvent, useState } from "react";
import { useOrderBoards } from "@/hooks/useBoard";
import type { BoardOf } from "@/hooks/useBoards";
import { refused } from "@/parts/notice";
import { placed, stepped } from "./order";

/** Puts boards in another order, by the grip of each: drawn with the pointer, or with the arrow keys. */
export function useOrder(boards: BoardOf[]) {
  const keep = useOrderBoards();
  const [held, setHeld] = useState<{ id: string; ids: string[] } | null>(null);
  const ids = boards.map((one) => one.id);
  const byId = new Map(boards.map((one) => [one.id, one]));
  const shown = (held?.ids ?? ids).flatMap((id) => byId.get(id) ?? []);
  const set = (next: string[]) => {
    if (next.join() !== ids.join()) keep.mutate(next, { onError: refused });
  };
  const onPointerDown = (id: string) => (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    const grip = event.currentTarget;
    grip.setPointerCapture(event.pointerId);
    let last = ids;
    const follow = (now: globalThis.PointerEvent) => {
      const under = document.elementFromPoint(now.clientX, now.clientY)?.closest<HTMLElement>("[data-board]");
      const over = under?.dataset.board;
      if (over && over !== id) last = placed(last, id, last.indexOf(over));
      setHeld({ id, ids: last });
    };
    const release = () => {
      for (const name of ["pointermove", "pointerup", "pointercancel"] as const)
        grip.removeEventListener(name, name === "pointermove" ? follow : release);
      setHeld(null);
      set(last);
    };
    grip.addEventListener("pointermove", follow);
    grip.addEventListener("pointerup", release);
    grip.addEventListener("pointercancel", release);
  };
  const onKeyDown = (id: string) => (event: KeyboardEvent<HTMLElement>) => {
    const next = stepped(ids, id, event.key);
    if (!next) return;
    event.preventDefault();
    const grip = event.currentTarget;
    set(next);
    // A browser takes the focus from what is put elsewhere.
    requestAnimationFrame(() => grip.focus());
  };
  return {
    shown,
    held: held?.id ?? null,
    grip: (id: string) => ({ onPointerDown: onPointerDown(id), onKeyDown: onKeyDown(id) }),
  };
}
