import { Dialog } from "@/parts/Dialog";
import { useSay } from "@/words/say";
import classes from "./KeysOf.module.css";

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
  [["Ctrl/⌘", "B I"], "bold"],
] as const;

/** The keys of the editor. */
export function KeysOf({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const say = useSay();
  return (
    <Dialog opened={opened} onClose={onClose} title={say("web.maps.edit.keys")}>
      <dl className={classes.keys}>
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
