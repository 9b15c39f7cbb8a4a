import { ActionIcon, Switch, TextInput } from "@mantine/core";
import type { Question } from "@survey/definition";
import { inLanguage } from "@survey/logic/piping";
import {
  IconChevronDown,
  IconChevronRight,
  IconCopy,
  IconGripVertical,
  IconTrash,
} from "@tabler/icons-react";
import type { HTMLAttributes } from "react";
import type { Finding } from "@/hooks/useSurveys";
import { Chip } from "@/parts/Chip";
import { useSay } from "@/words/say";
import classes from "./Editor.module.css";
import { Findings } from "./Findings";
import { KindParts } from "./KindParts";
import { Logic } from "./Logic";
import { Fold, MaybeTexts, Texts } from "./Texts";

interface Props {
  question: Question;
  number: number;
  languages: readonly string[];
  earlier: Question[];
  findings: Finding[];
  open: boolean;
  grip: HTMLAttributes<HTMLButtonElement>;
  held: boolean;
  onOpen: () => void;
  onChange: (question: Question) => void;
  onDuplicate: () => void;
  onRemove?: () => void;
}

/** One question: folded, what it asks; open, everything about it, with the preview beside. */
export function QuestionCard(props: Props) {
  const { question, number, findings, open, grip, held, onOpen, onDuplicate, onRemove } = props;
  const say = useSay();
  const title = inLanguage(question.title, say.lang) || say("web.surveys.untitled");
  const name = `${number}. ${title}`;
  const errors = findings.filter((one) => one.level === "error").length;
  return (
    <li
      className={`${classes.card} ${open ? classes.open : ""} ${held ? classes.held : ""}`}
      data-question={question.key}
    >
      <div className={classes.cardHead}>
        <button
          type="button"
          className={classes.grip}
          aria-label={say("web.surveys.move", { name })}
          {...grip}
        >
          <IconGripVertical size={15} />
        </button>
        <button type="button" className={classes.opener} aria-expanded={open} onClick={onOpen}>
          {open ? <IconChevronDown size={15} /> : <IconChevronRight size={15} />}
          <span className={classes.cardTitle}>{name}</span>
          {question.required && <span className={classes.required}>{say("web.surveys.required")}</span>}
          {question.show_if && <Chip>{say("web.surveys.conditional")}</Chip>}
          <Chip tone="plain">{say(`web.surveys.kind_${question.kind}`)}</Chip>
          {findings.length > 0 && (
            <Chip tone={errors ? "bad" : "mid"}>{say("web.surveys.findings", { n: findings.length })}</Chip>
          )}
        </button>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={say("web.surveys.duplicate", { name })}
          onClick={onDuplicate}
        >
          <IconCopy size={15} />
        </ActionIcon>
        <ActionIcon
          variant="subtle"
          color="gray"
          disabled={!onRemove}
          aria-label={say("web.do.remove_named", { name })}
          onClick={onRemove}
        >
          <IconTrash size={15} />
        </ActionIcon>
      </div>
      {open && <Inside {...props} />}
    </li>
  );
}

function Inside({ question, languages, earlier, findings, onChange }: Props) {
  const say = useSay();
  return (
    <div className={classes.inside}>
      <Findings of={findings} />
      <Texts
        label={say("web.surveys.asks")}
        value={question.title}
        languages={languages}
        lines={2}
        wrong={findings.some((one) => one.place.includes(".title"))}
        onChange={(title) => onChange({ ...question, title })}
      />
      <MaybeTexts
        label={say("web.surveys.help")}
        value={question.help}
        languages={languages}
        onChange={(help) => onChange({ ...question, help })}
      />
      <KindParts question={question} languages={languages} onChange={onChange} />
      <Switch
        size="xs"
        label={say("web.surveys.must")}
        checked={question.required ?? false}
        onChange={(event) => onChange({ ...question, required: event.currentTarget.checked || undefined })}
      />
      <Logic
        key={question.key}
        what={say("web.surveys.this_question")}
        condition={question.show_if}
        earlier={earlier}
        onChange={(show_if) => onChange({ ...question, show_if })}
      />
      <Fold title={say("web.surveys.more")}>
        <div className={classes.line}>
          {(["key", "touchpoint", "event"] as const).map((name) => (
            <TextInput
              key={name}
              size="xs"
              label={say(`web.surveys.name_${name}`)}
              value={question[name] ?? ""}
              onChange={(event) => {
                const value = event.currentTarget.value;
                onChange({ ...question, [name]: value || (name === "key" ? value : undefined) });
              }}
            />
          ))}
        </div>
      </Fold>
    </div>
  );
}
