import { Button, Select, TextInput } from "@mantine/core";
import { IconPinned } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { Link } from "react-router";
import { type NewInsight, useInsightActions, useInsights } from "@/hooks/useInsights";
import { useRole } from "@/hooks/useRole";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { Dialog } from "@/parts/Dialog";
import dialog from "@/parts/Dialog.module.css";
import { Problem } from "@/parts/Problem";
import { useSay } from "@/words/say";
import classes from "./Inbox.module.css";
import { trimmed } from "./selected";
import type { SaidWhy } from "./types";

interface Passage {
  words: string;
  start: number;
  /** Only a part of what was said. */
  part: boolean;
}

/** Makes it, or the part of it that is selected, evidence of an insight; and says of which it is already. */
export function Evidence({ said, chosen }: { said: SaidWhy; chosen: () => [number, number] | null }) {
  const say = useSay();
  const { may } = useRole();
  const base = `/w/${encodeURIComponent(useWorkspaceName())}/insights`;
  const [passage, setPassage] = useState<Passage | null>(null);
  const quoting = useInsights({ comment: said.id }).data?.insights ?? [];
  const take = () => {
    const letters = Array.from(said.text);
    const place = chosen();
    const [start, end] = trimmed(letters, place ?? [0, letters.length]);
    if (start < end) setPassage({ words: letters.slice(start, end).join(""), start, part: place !== null });
  };
  return (
    <>
      {may("analyst") && (
        <Button variant="default" size="xs" leftSection={<IconPinned size={13} />} onClick={take}>
          {say("web.inbox.evidence")}
        </Button>
      )}
      {quoting.length > 0 && (
        <p className={classes.quoting}>
          {say("web.inbox.evidence_of")}
          {quoting.map(({ id, title }) => (
            <Link key={id} to={`${base}/${id}`}>
              {title}
            </Link>
          ))}
        </p>
      )}
      <Dialog opened={passage !== null} onClose={() => setPassage(null)} title={say("web.inbox.evidence")}>
        {passage && <Into said={said} passage={passage} onDone={() => setPassage(null)} />}
      </Dialog>
    </>
  );
}

/** Into which insight: a new one, or one that there is. */
function Into({ said, passage, onDone }: { said: SaidWhy; passage: Passage; onDone: () => void }) {
  const say = useSay();
  const { add, quote } = useInsightActions();
  const insights = useInsights().data?.insights ?? [];
  const [id, setId] = useState("");
  const [title, setTitle] = useState("");
  const { words, start, part } = passage;
  const quoted = { source: "comment" as const, comment: said.id, words, start };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (id) quote.mutate({ id, ...quoted }, { onSuccess: onDone });
    else add.mutate({ title: title.trim(), place: placeOf(said), quotes: [quoted] }, { onSuccess: onDone });
  };
  const error = id ? quote.error : add.error;
  return (
    <form className={dialog.form} onSubmit={submit}>
      <blockquote className={classes.passage}>{words}</blockquote>
      {!part && <p className={classes.hint}>{say("web.inbox.evidence_whole")}</p>}
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
      {error && <Problem error={error} />}
      <div className={dialog.decide}>
        <Button variant="default" onClick={onDone}>
          {say("web.do.cancel")}
        </Button>
        <Button type="submit" loading={add.isPending || quote.isPending} disabled={!id && !title.trim()}>
          {say("web.inbox.evidence_keep")}
        </Button>
      </div>
    </form>
  );
}

/** Where in the journey it was said, as far as that is known. */
function placeOf(said: SaidWhy): NewInsight["place"] {
  return {
    stage: said.stage?.key ?? "",
    step: "",
    touchpoint: said.touchpoint?.key ?? "",
    topic: said.reading.topics?.[0]?.key ?? "",
  };
}
