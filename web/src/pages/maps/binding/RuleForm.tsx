import { Button } from "@mantine/core";
import { type FormEvent, useState } from "react";
import dialog from "@/parts/Dialog.module.css";
import { whole } from "@/parts/numbers";
import { Problem } from "@/parts/Problem";
import { EventsPicker } from "@/parts/pickers/EventPicker";
import { useSay } from "@/words/say";
import { useEdit } from "../behind/useBehind";
import { useMap } from "../useMaps";
import classes from "./Binding.module.css";
import { usePreview } from "./useBinding";

interface Rule {
  events?: string[];
}

/** The events that show a step; what would move is told before it is kept. */
export function RuleForm({ id, step, onDone }: { id: string; step: string; onDone: () => void }) {
  const say = useSay();
  const steps = useMap(id).data?.document.steps as { key: string; entry?: Rule[] }[] | undefined;
  const own = steps?.find((one) => one.key === step)?.entry?.flatMap((rule) => rule.events ?? []) ?? [];
  const [events, setEvents] = useState(own);
  const edit = useEdit(id);
  const made = { edit: "change", part: "steps", key: step, fields: { entry: events.length ? events : null } };
  const other = JSON.stringify(events) !== JSON.stringify(own);
  const shows = usePreview(id, other ? { edit: made } : null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    edit.mutate(made, { onSuccess: onDone });
  };
  return (
    <form className={dialog.form} onSubmit={submit}>
      <EventsPicker
        label={say("web.maps.binding.events")}
        description={say("web.maps.binding.events_about")}
        value={events}
        onChange={setEvents}
      />
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
