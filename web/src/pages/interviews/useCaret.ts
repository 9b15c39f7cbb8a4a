import { type KeyboardEvent, type RefObject, useCallback, useEffect, useState } from "react";

export interface Place {
  top: number;
  left: number;
  height: number;
}

/** How far an arrow goes, and where. */
const MOVES: Record<string, ["forward" | "backward", string]> = {
  ArrowRight: ["forward", "character"],
  ArrowLeft: ["backward", "character"],
  ArrowDown: ["forward", "line"],
  ArrowUp: ["backward", "line"],
  End: ["forward", "lineboundary"],
  Home: ["backward", "lineboundary"],
};

/** Keys move a caret through a text that cannot be written in, and select with Shift, as they do in one that can. */
export function useCaret(root: RefObject<HTMLElement | null>, frame: RefObject<HTMLElement | null>) {
  const [caret, setCaret] = useState<Place | null>(null);
  const draw = useCallback(() => {
    const selection = window.getSelection();
    const [text, around] = [root.current, frame.current];
    const inside = text && document.activeElement === text && text.contains(selection?.focusNode ?? null);
    if (!inside || !around || !selection?.focusNode) return setCaret(null);
    const range = document.createRange();
    range.setStart(selection.focusNode, selection.focusOffset);
    const rect = range.getClientRects()[0] ?? selection.focusNode.parentElement?.getBoundingClientRect();
    if (!rect) return setCaret(null);
    const zero = around.getBoundingClientRect();
    setCaret({ top: rect.top - zero.top, left: rect.left - zero.left, height: rect.height });
  }, [root, frame]);
  useEffect(() => {
    document.addEventListener("selectionchange", draw);
    return () => document.removeEventListener("selectionchange", draw);
  }, [draw]);
  const onKey = (event: KeyboardEvent) => {
    const move = MOVES[event.key];
    const selection = window.getSelection();
    if (!move || !selection || !root.current || event.altKey || event.metaKey) return;
    event.preventDefault();
    if (!root.current.contains(selection.focusNode)) begin(root.current, selection);
    const [way, step] = move;
    const word = event.ctrlKey && step === "character" ? "word" : step;
    selection.modify(event.shiftKey ? "extend" : "move", way, word);
    if (!root.current.contains(selection.focusNode)) begin(root.current, selection);
    follow(selection);
  };
  return { caret, onKey, onFocus: draw, onBlur: () => setCaret(null) };
}

/** Put the caret before the first words that are in sight. */
function begin(root: HTMLElement, selection: Selection): void {
  const blocks = [...root.querySelectorAll<HTMLElement>("[data-start]")];
  const first = blocks.find((one) => one.getBoundingClientRect().bottom > 80) ?? blocks[0];
  if (first) putAt(first, 0, selection);
}

/** Put the caret behind so many characters of a block. */
export function putAt(block: HTMLElement, letters: number, selection: Selection | null): void {
  const walk = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  let left = letters;
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const all = Array.from(node.textContent ?? "");
    if (left <= all.length) {
      selection?.collapse(node, all.slice(0, left).join("").length);
      return;
    }
    left -= all.length;
  }
}

/** Keep the caret in sight. */
function follow(selection: Selection): void {
  const range = document.createRange();
  if (!selection.focusNode) return;
  range.setStart(selection.focusNode, selection.focusOffset);
  const rect = range.getClientRects()[0];
  if (rect && (rect.top < 90 || rect.bottom > window.innerHeight - 40))
    selection.focusNode.parentElement?.scrollIntoView({ block: "center" });
}
