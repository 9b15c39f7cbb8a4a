import type { CSSProperties } from "react";
import { Dialog } from "@/parts/Dialog";
import classes from "@/shell/KeysList.module.css";
import { useSay } from "@/words/say";

const KEYS = [
  [["←", "→", "↑", "↓"], "go"],
  [["Shift", "←→↑↓"], "extend"],
  [["Home", "End"], "ends"],
  [["Enter", "F2"], "write"],
  [["A…Z"], "fresh"],
  [["Shift", "Enter"], "line"],
  [["Tab"], "next"],
  [["Esc"], "leave"],
  [["Del"], "remove"],
  [["Alt", "←→↑↓"], "carry"],
  [["Alt", "Shift", "←→"], "widen"],
  [["Ctrl/⌘", "C X V"], "clip"],
  [["Ctrl/⌘", "Z"], "undo"],
  [["Ctrl/⌘", "Shift", "Z"], "redo"],
  [["Shift", "F10"], "menu"],
  [["Ctrl/⌘", "Enter"], "details"],
  [["Ctrl/⌘", "Shift", "Enter"], "sticky"],
  [["+", "−"], "dots"],
  [["Ctrl/⌘", "B I"], "bold"],
  [["F6"], "parts"],
  [["Ctrl/⌘", "/"], "keys"],
] as const;

/** Its keys are longer than those of the shell. */
const WIDE = { "--keys": "170px" } as CSSProperties;

/** The keys of the editor. */
export function KeysOf({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const say = useSay();
  return (
    <Dialog opened={opened} onClose={onClose} title={say("web.maps.edit.keys")}>
      <dl className={classes.keys} style={WIDE}>
        {KEYS.map(([keys, word]) => (
          <div key={word}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{say(`web.maps.key.${word}`)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
