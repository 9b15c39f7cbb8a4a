import { ActionIcon, Button, Select, TextInput } from "@mantine/core";
import type { Question } from "@survey/definition";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useState } from "react";
import { useSay } from "@/words/say";
import classes from "./Editor.module.css";
import { type Clause, read, type Sentences, type Sign, subjectsOf, write } from "./sentence";

interface Props {
  /** What is shown under the condition, in words: "this question"; none where it says what counts. */
  what?: string;
  condition: string | null | undefined;
  earlier: Question[];
  onChange: (condition: string | undefined) => void;
}

const SIGNS = {
  "=": "is",
  "!=": "is_not",
  "<=": "at_most",
  ">=": "at_least",
  given: "given",
  missing: "missing",
} as const;

/** When something is shown, in sentences that read aloud; what they cannot say is written as a condition. */
export function Logic({ what, condition, earlier, onChange }: Props) {
  const say = useSay();
  const words = (key: string) => say.known(`web.surveys.word_${key}`, key);
  const subjects = subjectsOf(earlier, say.lang, words);
  const known = condition ? read(condition) : { joint: "and" as const, clauses: [] };
  const [draft, setDraft] = useState<Sentences | null>(null);
  const told = (when: boolean) =>
    what
      ? say(when ? "web.surveys.shown_when" : "web.surveys.shown_always", { what })
      : say(when ? "web.surveys.counts_when" : "web.surveys.counts_always");
  const written =
    known === null || known.clauses.some((one) => !subjects.some(({ name }) => name === one.name));
  if (written && condition) {
    return (
      <TextInput
        size="xs"
        label={told(true)}
        value={condition}
        onChange={(event) => onChange(event.currentTarget.value || undefined)}
      />
    );
  }
  if (!subjects.length) return <p className={classes.faint}>{say("web.surveys.nothing_earlier")}</p>;
  // What is not complete yet is in no condition; one that was taken back is in another one.
  const mine = draft && (write(draft, subjects) || undefined) === (condition ?? undefined);
  const shown = (mine ? draft : known) ?? { joint: "and" as const, clauses: [] };
  const keep = (next: Sentences) => {
    setDraft(next);
    onChange(write(next, subjects) || undefined);
  };
  const put = (at: number, clause: Clause) =>
    keep({ ...shown, clauses: shown.clauses.map((one, place) => (place === at ? clause : one)) });
  const add = () => {
    const last = subjects[subjects.length - 1];
    if (last)
      keep({
        ...shown,
        clauses: [...shown.clauses, { name: last.name, sign: last.signs[0] ?? "=", value: "" }],
      });
  };
  return (
    <fieldset className={classes.logic}>
      <legend>{told(shown.clauses.length > 0)}</legend>
      {shown.clauses.map((clause, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a clause has no name but its place
        <div key={at} className={classes.clause}>
          {at === 0 ? (
            <span className={classes.joint}>{say("web.surveys.when")}</span>
          ) : (
            <Select
              size="xs"
              w={72}
              aria-label={say("web.surveys.joint")}
              data={(["and", "or"] as const).map((value) => ({ value, label: say(`web.surveys.${value}`) }))}
              value={shown.joint}
              allowDeselect={false}
              onChange={(joint) => keep({ ...shown, joint: joint === "or" ? "or" : "and" })}
            />
          )}
          <ClauseRow
            clause={clause}
            subjects={subjects}
            onChange={(next) => put(at, next)}
            onRemove={() => keep({ ...shown, clauses: shown.clauses.filter((_, place) => place !== at) })}
          />
        </div>
      ))}
      <Button variant="default" size="compact-sm" leftSection={<IconPlus size={13} />} onClick={add}>
        {say("web.surveys.add_clause")}
      </Button>
    </fieldset>
  );
}

interface RowProps {
  clause: Clause;
  subjects: ReturnType<typeof subjectsOf>;
  onChange: (clause: Clause) => void;
  onRemove: () => void;
}

function ClauseRow({ clause, subjects, onChange, onRemove }: RowProps) {
  const say = useSay();
  const subject = subjects.find(({ name }) => name === clause.name);
  const alone = clause.sign === "given" || clause.sign === "missing";
  const turn = (name: string | null) => {
    const next = subjects.find((one) => one.name === name);
    if (next) onChange({ name: next.name, sign: next.signs[0] ?? "=", value: "" });
  };
  return (
    <>
      <Select
        size="xs"
        className={classes.subject}
        aria-label={say("web.surveys.about_question")}
        data={subjects.map(({ name, title }) => ({ value: name, label: title }))}
        value={clause.name}
        allowDeselect={false}
        searchable
        onChange={turn}
      />
      <Select
        size="xs"
        w={116}
        aria-label={say("web.surveys.comparison")}
        data={(subject?.signs ?? []).map((value) => ({
          value,
          label: say(`web.surveys.sign_${SIGNS[value]}`),
        }))}
        value={clause.sign}
        allowDeselect={false}
        onChange={(sign) => onChange({ ...clause, sign: (sign ?? "=") as Sign })}
      />
      {!alone &&
        (subject?.values ? (
          <Select
            size="xs"
            w={140}
            aria-label={say("web.surveys.value")}
            placeholder="…"
            data={subject.values}
            value={clause.value || null}
            searchable
            onChange={(value) => onChange({ ...clause, value: value ?? "" })}
          />
        ) : (
          <TextInput
            size="xs"
            w={140}
            type={subject?.number ? "number" : "date"}
            aria-label={say("web.surveys.value")}
            value={clause.value}
            onChange={(event) => onChange({ ...clause, value: event.currentTarget.value })}
          />
        ))}
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={say("web.surveys.remove_clause")}
        onClick={onRemove}
      >
        <IconX size={14} />
      </ActionIcon>
    </>
  );
}
