import { Select, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { type NewInsight, type NewQuote, useInsightActions, useInsights } from "@/hooks/useInsights";
import { Decide } from "@/parts/Decide";
import dialog from "@/parts/Dialog.module.css";
import { useSay } from "@/words/say";
import classes from "./IntoInsight.module.css";

interface Props {
  /** The passage, to be read once more. */
  words: string;
  hint?: string;
  quoted: NewQuote;
  /** Where in the journey a new insight belongs, as far as that is known. */
  place?: NewInsight["place"];
  onDone: () => void;
}

/** Into which insight a passage goes: a new one, or one that there is. */
export function IntoInsight({ words, hint, quoted, place, onDone }: Props) {
  const say = useSay();
  const { add, quote } = useInsightActions();
  const insights = useInsights().data?.insights ?? [];
  const [id, setId] = useState("");
  const [title, setTitle] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (id) quote.mutate({ id, quote: quoted }, { onSuccess: onDone });
    else add.mutate({ title: title.trim(), place, quotes: [quoted] }, { onSuccess: onDone });
  };
  const error = id ? quote.error : add.error;
  return (
    <form className={dialog.form} onSubmit={submit}>
      <blockquote className={classes.passage}>{words}</blockquote>
      {hint && <p className={classes.hint}>{hint}</p>}
      <Select
        label={say("web.inbox.evidence_into")}
        value={id}
        allowDeselect={false}
        searchable={insights.length > 5}
        onChange={(value) => setId(value ?? "")}
        data={[
          { value: "", label: say("web.inbox.evidence_new") },
          ...insights
            .filter(({ state }) => state !== "retired")
            .map((one) => ({ value: one.id, label: one.title })),
        ]}
      />
      {!id && (
        <TextInput
          data-autofocus
          label={say("web.insights.title")}
          description={say("web.insights.title_about")}
          maxLength={300}
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
      )}
      <Decide
        by={{ error, isPending: add.isPending || quote.isPending }}
        verb={say("web.inbox.evidence_keep")}
        ready={!!id || !!title.trim()}
        onCancel={onDone}
      />
    </form>
  );
}
