import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { Asking } from "@/hooks/useIdentity";
import { useSay } from "@/words/say";
import classes from "../Data.module.css";

/** Says that two identifiers are one customer's. */
export function JoinForm({ onAsk }: { onAsk: (asking: Asking) => void }) {
  const say = useSay();
  const [left, setLeft] = useState("");
  const [right, setRight] = useState("");
  const look = (event: FormEvent) => {
    event.preventDefault();
    onAsk({ what: "join", body: { left: identifier(left), right: identifier(right) } });
  };
  return (
    <form className={classes.byhand} onSubmit={look}>
      <p className={classes.faint}>{say("web.data.join_by_hand")}</p>
      <TextInput
        aria-label={say("web.data.first_id")}
        placeholder={say("web.data.first_id")}
        value={left}
        onChange={(event) => setLeft(event.currentTarget.value)}
      />
      <TextInput
        aria-label={say("web.data.second_id")}
        placeholder={say("web.data.second_id")}
        value={right}
        onChange={(event) => setRight(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" disabled={!left.trim() || !right.trim()}>
        {say("web.data.look_first")}
      </Button>
    </form>
  );
}

/** `email:a@b.c` names its kind; without one it is a user id. */
function identifier(text: string): { kind: string; id: string } {
  const found = /^([a-z_]+):(.+)$/.exec(text.trim());
  return found?.[1] && found[2] ? { kind: found[1], id: found[2] } : { kind: "user_id", id: text.trim() };
}
