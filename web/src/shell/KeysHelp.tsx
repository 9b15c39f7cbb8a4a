import { useDisclosure, useWindowEvent } from "@mantine/hooks";
import { Dialog } from "@/parts/Dialog";
import type { Key } from "@/words/key";
import { useSay } from "@/words/say";
import classes from "./KeysHelp.module.css";
import { ALL_PLACES } from "./places";
import { writing } from "./useGoKeys";

const KEYS: [string[], Key][] = [
  [["⌘K", "Ctrl K"], "web.keys.find"],
  [["?"], "web.keys.help"],
  [["←", "→"], "web.keys.cells"],
  [["Enter"], "web.keys.open_cell"],
  [["Esc"], "web.keys.close"],
];

/** The list of keys, which `?` opens. */
export function KeysHelp() {
  const say = useSay();
  const [shown, { toggle, close }] = useDisclosure();
  // By what is written, not by which key: it is not the same on every keyboard.
  useWindowEvent("keydown", (event) => {
    if (event.key === "?" && !writing(event.target)) toggle();
  });
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
