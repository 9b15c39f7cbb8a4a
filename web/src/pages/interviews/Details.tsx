import { SegmentedControl, TextInput } from "@mantine/core";
import { useSay } from "@/words/say";
import classes from "./Interviews.module.css";
import { type Citation, FORMS, type Form, type Speaker } from "./types";
import type { Draft } from "./useInterviews";

type Detail = Pick<Draft, "title" | "form" | "date" | "customer" | "citation" | "speakers">;

const CITED: (keyof Citation)[] = ["author", "publisher", "published", "url", "accessed"];

/** What is said of a text: what it is and when it was, who speaks in it and what they are called, where it comes from. */
export function Details({
  draft,
  who,
  onChange,
}: {
  draft: Detail;
  who: Speaker[];
  onChange: (next: Partial<Detail>) => void;
}) {
  const say = useSay();
  const chosen = (name: string) => draft.speakers.find((one) => one.name === name)?.pseudonym ?? "";
  const call = (name: string, pseudonym: string) =>
    onChange({
      speakers: [
        ...draft.speakers.filter((one) => one.name !== name),
        ...(pseudonym ? [{ name, pseudonym }] : []),
      ],
    });
  return (
    <>
      <TextInput
        label={say("web.interviews.title")}
        value={draft.title}
        maxLength={200}
        required
        onChange={(event) => onChange({ title: event.currentTarget.value })}
      />
      <div className={classes.fields}>
        <div>
          <div className={classes.label} id="interview-form">
            {say("web.interviews.form")}
          </div>
          <SegmentedControl
            fullWidth
            aria-labelledby="interview-form"
            value={draft.form}
            onChange={(form) => onChange({ form: form as Form })}
            data={FORMS.map((value) => ({ value, label: say(`web.interviews.form_${value}`) }))}
          />
        </div>
        <TextInput
          type="date"
          label={say(draft.form === "document" ? "web.interviews.date_found" : "web.interviews.date_held")}
          value={draft.date}
          onChange={(event) => onChange({ date: event.currentTarget.value })}
        />
        {draft.form !== "document" && (
          <TextInput
            label={say("web.interviews.customer")}
            placeholder={say("web.interviews.customer_which")}
            value={draft.customer ?? ""}
            maxLength={320}
            onChange={(event) => onChange({ customer: event.currentTarget.value || null })}
          />
        )}
      </div>
      {draft.form === "document" && (
        <div className={classes.fields}>
          {CITED.map((name) => (
            <TextInput
              key={name}
              type={name === "accessed" ? "date" : name === "url" ? "url" : "text"}
              label={say(`web.interviews.cited_${name}`)}
              value={draft.citation[name] ?? ""}
              onChange={(event) =>
                onChange({ citation: { ...draft.citation, [name]: event.currentTarget.value } })
              }
            />
          ))}
        </div>
      )}
      {draft.form !== "document" && who.length > 0 && (
        <fieldset className={classes.who}>
          <legend>{say("web.interviews.who")}</legend>
          <p>{say("web.interviews.who_why")}</p>
          <div className={classes.fields}>
            {who.map(({ name, pseudonym, turns }) => (
              <TextInput
                key={name}
                label={`${name} · ${say("web.interviews.turns", { n: turns })}`}
                placeholder={chosen(name) ? name : pseudonym}
                value={chosen(name)}
                maxLength={40}
                onChange={(event) => call(name, event.currentTarget.value)}
              />
            ))}
          </div>
        </fieldset>
      )}
    </>
  );
}
