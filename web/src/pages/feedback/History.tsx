import { usePeople } from "@/hooks/usePeople";
import { useSession } from "@/hooks/useSession";
import { useZone } from "@/hooks/useZone";
import { moment } from "@/parts/when";
import { useSay } from "@/words/say";
import classes from "./Feedback.module.css";
import type { Whole } from "./types";

type What = "answer" | "published" | "unpublished" | "merged" | "split";

/** What was done about a piece, and by whom, newest first. */
export function History({ piece }: { piece: Whole }) {
  const say = useSay();
  const zone = useZone();
  const people = usePeople().data ?? [];
  const me = useSession().data?.person?.id;
  const named = (id: string | null) => {
    const found = people.find((one) => one.id === id);
    const unknown = say(id && id === me ? "web.feedback.me" : "web.feedback.unknown");
    return found?.name || found?.email || unknown;
  };
  const told = ({ what, status, owner }: Whole["changes"][number]) => {
    if (what === "status" && status) return say(`web.feedback.${status}`);
    if (what === "owner")
      return say("web.feedback.did_owner", { who: owner ? named(owner) : say("web.feedback.nobody") });
    return say(`web.feedback.did_${what as What}`);
  };
  return (
    <section className={classes.part}>
      <h2>{say("web.feedback.history")}</h2>
      <ol className={classes.history}>
        {piece.changes.map((one) => (
          <li key={`${one.at}${one.what}`}>
            <time>{moment(one.at, zone)}</time>
            <span>{told(one)}</span>
            <small>{named(one.who)}</small>
          </li>
        ))}
        <li>
          <time>{moment(piece.came, zone)}</time>
          <span>{say("web.feedback.came")}</span>
        </li>
      </ol>
    </section>
  );
}
