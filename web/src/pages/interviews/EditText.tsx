import { Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { Decide } from "@/parts/Decide";
import { Dialog } from "@/parts/Dialog";
import dialog from "@/parts/Dialog.module.css";
import { useSay } from "@/words/say";
import { Details } from "./Details";
import type { Interview } from "./types";
import { useInterviewActions } from "./useInterviews";

/** Changes a text and what is said of it; highlights go where their words go. */
export function EditText({ text, onClose }: { text: Interview; onClose: () => void }) {
  const say = useSay();
  const { put } = useInterviewActions();
  const [draft, setDraft] = useState({
    title: text.title,
    form: text.form ?? "interview",
    text: text.text,
    date: text.date ?? "",
    customer: text.customer ?? null,
    citation: { author: "", publisher: "", url: "", published: "", accessed: "", ...text.citation },
    speakers: text.speakers ?? [],
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    put.mutate({ id: text.id, version: text.version, ...draft }, { onSuccess: onClose });
  };
  return (
    <Dialog opened onClose={onClose} title={say("web.interviews.edit")} size="lg">
      <form className={dialog.form} onSubmit={submit}>
        <Details draft={draft} who={text.who} onChange={(next) => setDraft({ ...draft, ...next })} />
        <Textarea
          label={say("web.interviews.text")}
          description={say("web.interviews.edit_how")}
          value={draft.text}
          minRows={8}
          maxRows={18}
          autosize
          required
          onChange={(event) => setDraft({ ...draft, text: event.currentTarget.value })}
        />
        <Decide
          by={put}
          verb={say("web.do.save")}
          ready={!!draft.text.trim() && !!draft.title.trim()}
          onCancel={onClose}
        />
      </form>
    </Dialog>
  );
}
