import { Button, Select, Skeleton, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { Problem } from "@/parts/Problem";
import { useSay } from "@/words/say";
import { useMapAnswers } from "../useMaps";
import classes from "./Programmes.module.css";
import { type ProjectOf, useProjectActions } from "./useProgrammes";

/** A pain in one's own sentence, resting on what a customer said at the step: both go into the map. */
export function Said({ project }: { project: ProjectOf }) {
  const say = useSay();
  const found = useMapAnswers(project.map ?? "");
  const { pain } = useProjectActions(project.id);
  const [at, setAt] = useState<string | null>(null);
  const [event, setEvent] = useState("");
  const [text, setText] = useState("");
  if (!project.edits) return null;
  if (found.isError) return <Problem error={found.error} retry={() => found.refetch()} />;
  if (found.isPending) return <Skeleton height={120} />;
  const spoken = new Set(found.data.quotes.map((one) => one.step));
  const steps = project.map_steps.filter((one) => spoken.has(one.key));
  if (!steps.length) return null;
  const quotes = found.data.quotes.filter((one) => one.step === at);
  const submit = (sent: FormEvent) => {
    sent.preventDefault();
    if (at) pain.mutate({ step: at, text: text.trim(), event }, { onSuccess: () => setText("") });
  };
  return (
    <form className={classes.aid} onSubmit={submit}>
      <Select
        label={say("web.maps.programmes.said_at")}
        value={at}
        data={steps.map((one) => ({ value: one.key, label: one.name }))}
        onChange={(step) => {
          setAt(step);
          setEvent("");
        }}
      />
      {quotes.length > 0 && (
        <fieldset className={classes.quotes}>
          <legend>{say("web.maps.programmes.said")}</legend>
          {quotes.map((one) => (
            <label key={one.event}>
              <input
                type="radio"
                name={`said-${project.id}`}
                checked={event === one.event}
                onChange={() => setEvent(one.event)}
              />
              <span>
                {one.text} <small>{one.date}</small>
              </span>
            </label>
          ))}
        </fieldset>
      )}
      <div className={classes.line}>
        <TextInput
          className={classes.wide}
          label={say("web.maps.programmes.pain")}
          value={text}
          onChange={(typed) => setText(typed.currentTarget.value)}
        />
        <Button type="submit" variant="default" loading={pain.isPending} disabled={!event || !text.trim()}>
          {say("web.maps.programmes.put_pain")}
        </Button>
      </div>
      {pain.error && <Problem error={pain.error} />}
    </form>
  );
}
