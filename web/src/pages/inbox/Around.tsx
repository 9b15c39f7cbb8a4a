import { scaleName } from "@/parts/feelings";
import { decimal } from "@/parts/numbers";
import { useSay } from "@/words/say";
import classes from "./Inbox.module.css";
import type { Neighbour, SaidWhy } from "./types";

/** What the same customer did and said before and after. */
export function Around({ said, onOpen }: { said: SaidWhy; onOpen: (id: string) => void }) {
  const say = useSay();
  const { before = [], after = [] } = said;
  if (!before.length && !after.length) return null;
  return (
    <section className={classes.part}>
      <h2>{say("web.inbox.around")}</h2>
      <ol className={classes.around}>
        {before.map((one) => (
          <Near key={one.id} of={one} onOpen={onOpen} />
        ))}
        <li data-here="true">
          <time>{said.shown}</time>
          <b>{say("web.inbox.here")}</b>
        </li>
        {after.map((one) => (
          <Near key={one.id} of={one} onOpen={onOpen} />
        ))}
      </ol>
    </section>
  );
}

function Near({
  of: { id, shown, event, channel, text, score, scale, reply, label },
  onOpen,
}: {
  of: Neighbour;
  onOpen: (id: string) => void;
}) {
  const say = useSay();
  return (
    <li>
      <time>{shown}</time>
      <div>
        <span>
          {event.name}
          {channel.name && <small> · {channel.name}</small>}
          {score !== null && (
            <small>
              {" "}
              · <b>{decimal(score, score % 1 ? 1 : 0)}</b> {scaleName(say, scale)}
            </small>
          )}
        </span>
        {text && (
          <button type="button" onClick={() => onOpen(id)}>
            {text}
            {label && <small> {label.name}</small>}
          </button>
        )}
        {reply && (
          <q>
            <small>{say("web.inbox.reply")}</small> {reply}
          </q>
        )}
      </div>
    </li>
  );
}
