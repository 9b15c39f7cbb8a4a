import { Button } from "@mantine/core";
import { IconHistory, IconMessageCirclePlus } from "@tabler/icons-react";
import { useSay } from "@/words/say";
import { type About, usePanel } from "./panel";
import classes from "./Talk.module.css";

/** Two ways from a part of the map: to say something about it, and to see what was done to it. */
export function AboutPart({ about, onGo }: { about: About; onGo?: () => void }) {
  const say = useSay();
  const { open } = usePanel();
  const go = (panel: "comments" | "history") => {
    onGo?.();
    open(panel, about);
  };
  return (
    <div className={classes.acts}>
      <Button
        size="compact-xs"
        variant="subtle"
        leftSection={<IconMessageCirclePlus size={13} />}
        onClick={() => go("comments")}
      >
        {say("web.maps.together.comment")}
      </Button>
      <Button
        size="compact-xs"
        variant="subtle"
        leftSection={<IconHistory size={13} />}
        onClick={() => go("history")}
      >
        {say("web.maps.together.history")}
      </Button>
    </div>
  );
}
