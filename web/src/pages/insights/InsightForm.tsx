import { Autocomplete, Select, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { Choices, InsightOf } from "@/hooks/useInsights";
import { Decide } from "@/parts/Decide";
import dialog from "@/parts/Dialog.module.css";
import { useSay } from "@/words/say";
import classes from "./Insights.module.css";

type Said = Pick<InsightOf, "title" | "text" | "state" | "owner" | "place">;

const BLANK: Said = {
  title: "",
  text: "",
  state: "draft",
  owner: "",
  place: { stage: "", step: "", touchpoint: "", topic: "" },
};

interface Props {
  /** What it says so far. */
  from?: Said;
  choices: Choices;
  verb: string;
  busy: boolean;
  error: Error | null;
  onSave: (said: Said) => void;
  onCancel: () => void;
}

/** What people say of an insight: the sentence, more of it, where it belongs, and who sees to it. */
export function InsightForm({ from = BLANK, choices, verb, busy, error, onSave, onCancel }: Props) {
  const say = useSay();
  const [said, setSaid] = useState<Said>({ ...from, place: { ...BLANK.place, ...from.place } });
  const place = (name: "stage" | "step" | "touchpoint" | "topic", value: string | null) =>
    setSaid((now) => ({ ...now, place: { ...now.place, [name]: value ?? "" } }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSave({ ...said, title: said.title.trim() });
  };
  const named = (all: { key: string; name: string }[]) =>
    all.map(({ key, name }) => ({ value: key, label: name }));
  return (
    <form className={dialog.form} onSubmit={submit}>
      <TextInput
        data-autofocus
        label={say("web.insights.title")}
        description={say("web.insights.title_about")}
        maxLength={300}
        value={said.title}
        onChange={(event) => setSaid({ ...said, title: event.currentTarget.value })}
      />
      <Textarea
        label={say("web.insights.text")}
        rows={3}
        maxLength={10_000}
        value={said.text}
        onChange={(event) => setSaid({ ...said, text: event.currentTarget.value })}
      />
      <div className={classes.pair}>
        <Select
          label={say("web.insights.state")}
          value={said.state}
          allowDeselect={false}
          onChange={(state) => state && setSaid({ ...said, state: state as Said["state"] })}
          data={(["draft", "confirmed", "retired"] as const).map((one) => ({
            value: one,
            label: say(`web.insights.state_${one}`),
          }))}
        />
        <Autocomplete
          label={say("web.insights.owner")}
          maxLength={120}
          value={said.owner}
          data={choices.owners}
          onChange={(owner) => setSaid({ ...said, owner })}
        />
        {choices.stages.length > 0 && (
          <Select
            label={say("web.insights.stage")}
            clearable
            value={said.place?.stage || null}
            onChange={(value) => place("stage", value)}
            data={named(choices.stages)}
          />
        )}
        <TextInput
          label={say("web.insights.step")}
          maxLength={200}
          value={said.place?.step ?? ""}
          onChange={(event) => place("step", event.currentTarget.value)}
        />
        {choices.touchpoints.length > 0 && (
          <Select
            label={say("web.insights.touchpoint")}
            clearable
            searchable
            value={said.place?.touchpoint || null}
            onChange={(value) => place("touchpoint", value)}
            data={named(choices.touchpoints)}
          />
        )}
        <Select
          label={say("web.insights.topic")}
          clearable
          searchable
          value={said.place?.topic || null}
          onChange={(value) => place("topic", value)}
          data={named(choices.topics)}
        />
      </div>
      <Decide by={{ error, isPending: busy }} verb={verb} ready={!!said.title.trim()} onCancel={onCancel} />
    </form>
  );
}
