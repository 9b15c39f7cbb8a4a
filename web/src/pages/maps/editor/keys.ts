import type { Way } from "./places";

/** What a key asks for in the grid. */
export type Asked =
  | { go: Way; extend: boolean }
  | { nudge: [number, number] }
  | { widen: 1 | -1 }
  | { do: "write" | "remove" | "undo" | "redo" | "menu" | "all" | "details" | "leave" | "sticky" | "keys" }
  | { dot: 1 | -1 }
  | { tab: 1 | -1 };

interface Pressed {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

const ARROWS: Record<string, [number, number, Way]> = {
  ArrowUp: [0, -1, "up"],
  ArrowDown: [0, 1, "down"],
  ArrowLeft: [-1, 0, "left"],
  ArrowRight: [1, 0, "right"],
};

/** What somebody means who presses a key while a cell is selected; null: it is no key of the grid. */
export function asked({ key, ctrlKey, metaKey, altKey, shiftKey }: Pressed): Asked | null {
  const mod = ctrlKey || metaKey;
  const arrow = ARROWS[key];
  if (arrow && altKey && !mod) {
    const [right, down, way] = arrow;
    if (!shiftKey) return { nudge: [right, down] };
    return way === "right" ? { widen: 1 } : way === "left" ? { widen: -1 } : null;
  }
  if (altKey) return null;
  if (arrow && mod) {
    const far: Record<Way, Way> = { left: "home", right: "end" } as Record<Way, Way>;
    return { go: far[arrow[2]] ?? arrow[2], extend: shiftKey };
  }
  if (arrow) return { go: arrow[2], extend: shiftKey };
  if (mod) return withMod(key.toLowerCase(), shiftKey);
  switch (key) {
    case "Home":
      return { go: "home", extend: shiftKey };
    case "End":
      return { go: "end", extend: shiftKey };
    case "Enter":
    case "F2":
      return { do: "write" };
    case "Delete":
    case "Backspace":
      return { do: "remove" };
    case "Tab":
      return { tab: shiftKey ? -1 : 1 };
    case "Escape":
      return { do: "leave" };
    case "ContextMenu":
      return { do: "menu" };
    case "+":
      return { dot: 1 };
    case "-":
      return { dot: -1 };
    case "F10":
      return shiftKey ? { do: "menu" } : null;
    default:
      return null;
  }
}

function withMod(key: string, shiftKey: boolean): Asked | null {
  switch (key) {
    case "z":
      return { do: shiftKey ? "redo" : "undo" };
    case "y":
      return { do: "redo" };
    case "a":
      return { do: "all" };
    case "enter":
      return { do: shiftKey ? "sticky" : "details" };
    case "/":
      return { do: "keys" };
    case "home":
      return { go: "first", extend: shiftKey };
    case "end":
      return { go: "last", extend: shiftKey };
    default:
      return null;
  }
}
