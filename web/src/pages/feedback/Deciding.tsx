import { Button, Select, Switch, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { usePeople } from "@/hooks/usePeople";
import { useSession } from "@/hooks/useSession";
import { refused, told } from "@/parts/notice";
import { Problem } from "@/parts/Problem";
import { useSay } from "@/words/say";
import classes from "./Feedback.module.css";
import { CLOSED, LANGUAGES, STATUSES, type Status, spoken, type Whole } from "./types";
import { usePieceActions } from "./useFeedback";

/** What is to be about a piece: its status, who sees to it, and the answer; whoever said it is told of the end. */
export function Deciding({ piece }: { piece: Whole }) {
  const say = useSay();
  const people = usePeople().data ?? [];
  const me = useSession().data?.person?.id;
  const { decide } = usePieceActions(piece.id);
  const [status, setStatus] = useState<Status>(piece.status);
  const [owner, setOwner] = useState(piece.owner);
  const [answer, setAnswer] = useState<Record<string, string>>(piece.answer ?? {});
  const [tell, setTell] = useState(true);
  const said = spoken(answer);
  const closes = CLOSED.includes(status);
  const tells = closes && tell && said !== null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    decide.mutate(
      { version: piece.version, status, owner, answer: said, tell: tells },
      { onSuccess: () => told(say("web.feedback.saved")), onError: refused },
    );
  };
  const members = people.map(({ id, name, email }) => ({ value: id, label: name || email || id }));
  for (const [id, word] of [[me, "web.feedback.me"] as const, [owner, "web.feedback.unknown"] as const])
    if (id && !members.some(({ value }) => value === id)) members.push({ value: id, label: say(word) });
  return (
    // What is written while it is saved would be gone with the answer.
    <form className={classes.part} onSubmit={submit} inert={decide.isPending}>
      <div className={classes.row}>
        <Select
          size="xs"
          label={say("web.feedback.status")}
          value={status}
          allowDeselect={false}
          onChange={(value) => setStatus((value as Status | null) ?? status)}
          data={STATUSES.map((value) => ({ value, label: say(`web.feedback.${value}`) }))}
        />
        <Select
          size="xs"
          label={say("web.feedback.owner")}
          placeholder={say("web.feedback.nobody")}
          value={owner}
          clearable
          onChange={setOwner}
          data={members}
        />
      </div>
      <div className={classes.row}>
        {LANGUAGES.map(([lang, language]) => (
          <Textarea
            key={lang}
            size="xs"
            lang={lang}
            label={say("web.feedback.answer", { language })}
            autosize
            minRows={2}
            maxLength={2000}
            value={answer[lang] ?? ""}
            onChange={(event) => setAnswer({ ...answer, [lang]: event.currentTarget.value })}
          />
        ))}
      </div>
      <p className={classes.hint}>{say("web.feedback.answer_about")}</p>
      {closes && (
        <Switch
          size="xs"
          label={say("web.feedback.tell")}
          description={
            piece.contact
              ? say("web.feedback.tell_contact", { contact: piece.contact })
              : say(piece.customer ? "web.feedback.tell_customer" : "web.feedback.tell_nobody")
          }
          checked={tell && said !== null}
          disabled={said === null}
          onChange={(event) => setTell(event.currentTarget.checked)}
        />
      )}
      {decide.isError && <Problem error={decide.error} />}
      <div className={classes.doing}>
        <Button type="submit" size="xs" loading={decide.isPending}>
          {say(tells ? "web.feedback.save_tell" : "web.feedback.save")}
        </Button>
        {piece.message && <Message message={piece.message} />}
      </div>
    </form>
  );
}

/** Whether whoever said it was told. */
function Message({ message }: { message: NonNullable<Whole["message"]> }) {
  const say = useSay();
  const state = message.state as "waiting" | "sending" | "sent" | "failed" | "skipped" | "unknown" | "none";
  return (
    <span className={classes.hint} role="status">
      {say(`web.feedback.message_${state}`, {
        way: message.way ? say(`web.feedback.way_${message.way}`) : "",
        why: message.why ?? "",
      })}
    </span>
  );
}
