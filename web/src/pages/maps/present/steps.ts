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

const FAR = 48;

/** Which frame a finger leads to that went so far to the right and down; null: it meant something else. */
export function swiped(right: number, down: number, at: number, frames: number): number | null {
  if (Math.abs(right) < FAR || Math.abs(right) < 2 * Math.abs(down)) return null;
  return after(right < 0 ? "ArrowRight" : "ArrowLeft", at, frames);
}
