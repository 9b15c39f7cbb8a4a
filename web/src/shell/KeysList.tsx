import { Dialog } from "@/parts/Dialog";
import type { Key } from "@/words/key";
import { useSay } from "@/words/say";
import classes from "./KeysList.module.css";
import { ALL_PLACES } from "./places";

const KEYS: [string[], Key][] = [
  [["⌘K", "Ctrl K"], "web.keys.find"],
  [["?"], "web.keys.help"],
  [["←", "→"], "web.keys.cells"],
  [["Enter"], "web.keys.open_cell"],
  [["Esc"], "web.keys.close"],
];

/** The list of keys. */
export default function KeysList({ shown, close }: { shown: boolean; close: () => void }) {
  const say = useSay();
  return (
    <Dialog opened={shown} onClose={close} title={say("web.keys.title")}>
      <dl className={classes.keys}>
        {KEYS.map(([keys, word]) => (
          <div key={word}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{say(word)}</dd>
          </div>
        ))}
        {ALL_PLACES.map(({ letter, word }) => (
          <div key={letter}>
            <dt>
              <kbd>g</kbd>
              <kbd>{letter}</kbd>
            </dt>
            <dd>{say("web.keys.go", { page: say(word) })}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
