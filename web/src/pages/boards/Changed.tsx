import { Button } from "@mantine/core";
import { useSay } from "@/words/say";
import classes from "./Boards.module.css";

/** Somebody else changed the board meanwhile: whose board is it to be? */
export function Changed({ onReload, onOverwrite }: { onReload: () => void; onOverwrite: () => void }) {
  const say = useSay();
  return (
    <div className={classes.conflict} role="alert">
      <div>
        <b>{say("web.boards.conflict")}</b>
        <p>{say("web.boards.conflict_why")}</p>
      </div>
      <Button variant="default" onClick={onOverwrite}>
        {say("web.boards.conflict_mine")}
      </Button>
      <Button onClick={onReload}>{say("web.boards.conflict_theirs")}</Button>
    </div>
  );
}
