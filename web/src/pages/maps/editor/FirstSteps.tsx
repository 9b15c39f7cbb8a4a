import { Button } from "@mantine/core";
import {
  IconClipboard,
  IconHandMove,
  IconLayoutRows,
  IconPencil,
  IconPlugConnected,
} from "@tabler/icons-react";
import { useSay } from "@/words/say";
import classes from "./FirstSteps.module.css";

interface Props {
  name: () => void;
  write: () => void;
  show: () => void;
  lanes: () => void;
}

/** What to do first with a map in which nothing stands yet. It goes with the first card, or the first number. */
export function FirstSteps({ name, write, show, lanes }: Props) {
  const say = useSay();
  const ways = [
    { key: "name", icon: <IconPencil size={15} />, run: name },
    { key: "write", icon: <IconHandMove size={15} />, run: write },
    { key: "show", icon: <IconPlugConnected size={15} />, run: show },
    { key: "lanes", icon: <IconLayoutRows size={15} />, run: lanes },
  ] as const;
  return (
    <section className={classes.first} aria-label={say("web.maps.edit.first")}>
      <h2>{say("web.maps.edit.first")}</h2>
      <ul>
        {ways.map(({ key, icon, run }) => (
          <li key={key}>
            <Button variant="default" leftSection={icon} onClick={run}>
              {say(`web.maps.edit.first_${key}`)}
            </Button>
            <span>{say(`web.maps.edit.first_${key}_about`)}</span>
          </li>
        ))}
        <li>
          <b>
            <IconClipboard size={15} aria-hidden />
            {say("web.maps.edit.first_paste")}
          </b>
          <span>{say("web.maps.edit.first_paste_about")}</span>
        </li>
      </ul>
    </section>
  );
}
