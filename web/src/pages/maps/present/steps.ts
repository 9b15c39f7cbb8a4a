const FURTHER = new Set([" ", "ArrowRight", "ArrowDown", "PageDown", "Enter"]);
const BACK = new Set(["ArrowLeft", "ArrowUp", "PageUp", "Backspace"]);

/** Which frame a key leads to; null: the key leads nowhere. */
export function after(key: string, at: number, frames: number): number | null {
  const last = Math.max(frames - 1, 0);
  if (FURTHER.has(key)) return Math.min(at + 1, last);
  if (BACK.has(key)) return Math.max(at - 1, 0);
  if (key === "Home") return 0;
  if (key === "End") return last;
  return null;
}
