import { Tooltip } from "@mantine/core";
import { useSay } from "@/words/say";
import { Face } from "./Face";
import classes from "./Together.module.css";
import { usePresence } from "./useTogether";

const SHOWN = 4;

/** Who else has the map open: nothing where one is alone. */
export function Presence({ id }: { id: string }) {
  const say = useSay();
  const people = usePresence(id);
  if (people.length < 2) return null;
  const names = people.map((one) => (one.you ? say("web.maps.together.you", { name: one.name }) : one.name));
  return (
    <ul className={classes.faces} aria-label={say("web.maps.together.here", { n: people.length })}>
      {people.slice(0, SHOWN).map((one, place) => (
        <li key={one.id}>
          <Tooltip label={names[place]} withArrow>
            <span>
              <Face id={one.id} name={one.name} />
            </span>
          </Tooltip>
        </li>
      ))}
      {people.length > SHOWN && (
        <li>
          <Tooltip label={names.slice(SHOWN).join(say("web.maps.together.and"))} withArrow>
            <span className={classes.more}>+{people.length - SHOWN}</span>
          </Tooltip>
        </li>
      )}
    </ul>
  );
}
