import { Button, Radio, Select, Skeleton, TextInput } from "@mantine/core";
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
        <Radio.Group label={say("web.maps.programmes.said")} value={event} onChange={setEvent}>
          <div className={classes.quotes}>
            {quotes.map((one) => (
              <Radio key={one.event} value={one.event} label={one.text} description={one.date} />
            ))}
          </div>
        </Radio.Group>
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
