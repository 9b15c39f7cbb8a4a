import { Button } from "@mantine/core";
import { useChannelName } from "@/hooks/useModel";
import { Chip } from "@/parts/Chip";
import { ago } from "@/parts/when";
import { useSay } from "@/words/say";
import classes from "./Feedback.module.css";
import { type Piece, TONES } from "./types";

interface Props {
  pieces: Piece[];
  open: string | null;
  onOpen: (id: string) => void;
  more: (() => void) | null;
  busy: boolean;
}

/** The pieces, a few lines each: what was said, and how it stands. */
export function Listed({ pieces, open, onOpen, more, busy }: Props) {
  const say = useSay();
  const channel = useChannelName();
  return (
    <div className={classes.side}>
      <ul className={classes.list} aria-label={say("web.shell.feedback")}>
        {pieces.map((one) => (
          <li key={one.id}>
            <button type="button" aria-current={one.id === open} onClick={() => onOpen(one.id)}>
              <span className={classes.line}>
                <b>{say(`web.feedback.kind_${one.kind}`)}</b>
                <Chip tone={TONES[one.status]}>{say(`web.feedback.${one.status}`)}</Chip>
                <small>{ago(one.came, say.lang)}</small>
              </span>
              <span className={classes.text}>{one.words || "—"}</span>
              <small className={classes.about}>
                {[
                  one.channel && channel(one.channel),
                  one.touchpoint,
                  one.pieces > 1 && say("web.feedback.said_by", { n: one.pieces }),
                  one.votes > 0 && say("web.feedback.votes", { n: one.votes }),
                  one.public && say("web.feedback.published"),
                ]
                  .filter(Boolean)
                  .join(" · ")}
              </small>
            </button>
          </li>
        ))}
      </ul>
      {more && (
        <Button variant="subtle" size="xs" fullWidth loading={busy} onClick={more}>
          {say("web.feedback.more")}
        </Button>
      )}
    </div>
  );
}
