import { Button, Select } from "@mantine/core";
import { type FormEvent, useState } from "react";
import dialog from "@/parts/Dialog.module.css";
import { scaleName } from "@/parts/feelings";
import { whole } from "@/parts/numbers";
import { Problem } from "@/parts/Problem";
import { EventsPicker } from "@/parts/pickers/EventPicker";
import { useSay } from "@/words/say";
import { useEdit } from "../behind/useBehind";
import type { MapDocument } from "../editor/document";
import { useMap } from "../useMaps";
import classes from "./Binding.module.css";
import { type Rule, scored, type useShowable, type Way } from "./showing";
import { type Binding, usePreview } from "./useBinding";

interface Props {
  id: string;
  step: string;
  way: Way;
  has: ReturnType<typeof useShowable>;
  onDone: () => void;
}

/** What shows a step: events, the answers to a question, comments on a topic. What would move is told before it is kept. */
export function RuleForm({ id, step, way, has, onDone }: Props) {
  const say = useSay();
  const map = useMap(id).data?.document as unknown as MapDocument | undefined;
  const own = (map?.steps.find((one) => one.key === step)?.entry ?? []) as Rule[];
  const [events, setEvents] = useState(own.flatMap((rule) => rule.events ?? []));
  const [where, setWhere] = useState<string | null>(own[0]?.where ?? null);
  const edit = useEdit(id);
  const entry: Rule[] =
    way === "event" ? (events.length ? [{ events }] : []) : where === null ? [] : [{ where }];
  const made = { edit: "change", part: "steps", key: step, fields: { entry: entry.length ? entry : null } };
  const other = JSON.stringify(entry) !== JSON.stringify(own) && (way === "event" || where !== null);
  const shows = usePreview(id, other ? { edit: made } : null);
  const question = has.questions.find((one) => one.where === where);
  const lanes = { lanes: map?.lanes ?? [], bindings: (map?.bindings ?? []) as unknown as Binding[] };
  const score =
    way === "question" && question
      ? scored(lanes, question.scale, has.choices, scaleName(say, question.scale))
      : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    edit.mutate(score ? { edit: "several", edits: [made, score] } : made, { onSuccess: onDone });
  };
  return (
    <form className={dialog.form} onSubmit={submit}>
      {way === "event" && (
        <EventsPicker
          label={say("web.maps.binding.events")}
          description={say("web.maps.binding.events_about")}
          value={events}
          onChange={setEvents}
        />
      )}
      {way === "question" && (
        <Select
          label={say("web.maps.binding.answered")}
          description={say("web.maps.binding.answered_about")}
          placeholder={say("web.maps.binding.answered_which")}
          data={has.questions.map((one) => ({
            value: one.where,
            label: `${one.question} · ${scaleName(say, one.scale)} · n ${whole(one.n)}`,
          }))}
          value={where}
          onChange={setWhere}
          searchable
          nothingFoundMessage={say("web.parts.nothing_found")}
        />
      )}
      {way === "topic" && (
        <Select
          label={say("web.maps.binding.spoken")}
          description={say("web.maps.binding.spoken_about")}
          placeholder={say("web.maps.binding.spoken_which")}
          data={has.topics.map((one) => ({ value: String(one.spec.where), label: one.title }))}
          value={where}
          onChange={setWhere}
          searchable
          nothingFoundMessage={say("web.parts.nothing_found")}
        />
      )}
      {other && shows.data && (
        <section className={classes.preview} aria-live="polite">
          <h3>
            {say(shows.data.moves.length ? "web.maps.binding.moves" : "web.maps.binding.moves_nothing")}
          </h3>
          <ul>
            {shows.data.moves.map((one) => (
              <li key={one.step}>
                <span>{one.title}</span>
                <b>
                  {say("web.maps.binding.from_to", { before: whole(one.before), after: whole(one.after) })}
                </b>
              </li>
            ))}
          </ul>
        </section>
      )}
      {(shows.error ?? edit.error) && <Problem error={(shows.error ?? edit.error) as Error} />}
      <div className={dialog.decide}>
        <Button type="submit" loading={edit.isPending} disabled={!other}>
          {say("web.maps.binding.keep")}
        </Button>
      </div>
    </form>
  );
}
