import { Button, Textarea, TextInput } from "@mantine/core";
import type { Survey } from "@survey/definition";
import { IconFilePlus, IconUpload } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { useNavigate } from "react-router";
import { usePresets, useSurveyActions } from "@/hooks/useSurveys";
import { Dialog } from "@/parts/Dialog";
import dialog from "@/parts/Dialog.module.css";
import { Problem } from "@/parts/Problem";
import { useSay } from "@/words/say";
import { blankSurvey, freeKey } from "./editor/definition";
import classes from "./Surveys.module.css";

interface Props {
  opened: boolean;
  onClose: () => void;
  /** The keys of the surveys that there are. */
  taken: string[];
}

/** Begins a survey: from one that is ready, from nothing, or from a definition of SurveyJS. */
export function NewSurvey({ opened, onClose, taken }: Props) {
  const say = useSay();
  return (
    <Dialog opened={opened} onClose={onClose} title={say("web.surveys.new")} size="lg">
      <Choice taken={taken} />
    </Dialog>
  );
}

function Choice({ taken }: { taken: string[] }) {
  const say = useSay();
  const go = useNavigate();
  const presets = usePresets(true);
  const { add } = useSurveyActions();
  const [importing, setImporting] = useState(false);
  const make = (definition: Survey) =>
    add.mutate(
      { ...definition, key: freeKey(definition.key, taken) },
      { onSuccess: (made) => go(`${made.id}/edit`) },
    );
  if (importing) return <Import onDone={make} />;
  return (
    <div className={dialog.form}>
      {presets.isError && <Problem error={presets.error} retry={() => presets.refetch()} />}
      {add.error && <Problem error={add.error} />}
      <ul className={classes.presets}>
        <li>
          <button type="button" disabled={add.isPending} onClick={() => make(blankSurvey())}>
            <strong>
              <IconFilePlus size={15} /> {say("web.surveys.blank")}
            </strong>
            <span>{say("web.surveys.blank_what")}</span>
          </button>
        </li>
        {presets.data?.map((one) => (
          <li key={one.name}>
            <button type="button" disabled={add.isPending} onClick={() => make(one.definition)}>
              <strong>{one.title}</strong>
              <span>{one.what}</span>
            </button>
          </li>
        ))}
        <li>
          <button type="button" onClick={() => setImporting(true)}>
            <strong>
              <IconUpload size={15} /> {say("web.surveys.import")}
            </strong>
            <span>{say("web.surveys.import_what")}</span>
          </button>
        </li>
      </ul>
    </div>
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function Import({ onDone }: { onDone: (definition: Survey) => void }) {
  const say = useSay();
  const { convert } = useSurveyActions();
  const [text, setText] = useState("");
  const [key, setKey] = useState("imported");
  const document = parsed(text);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (convert.data) onDone(convert.data.definition);
    else convert.mutate({ definition: document, key });
  };
  return (
    <form className={dialog.form} onSubmit={submit}>
      <Textarea
        data-autofocus
        label={say("web.surveys.surveyjs")}
        rows={10}
        value={text}
        error={text.trim() && document === undefined ? say("web.surveys.not_json") : undefined}
        onChange={(event) => {
          setText(event.currentTarget.value);
          convert.reset();
        }}
      />
      <TextInput
        label={say("web.surveys.key")}
        description={say("web.surveys.key_about")}
        value={key}
        onChange={(event) => setKey(event.currentTarget.value)}
      />
      {convert.error && <Problem error={convert.error} />}
      {convert.data && convert.data.left_out.length > 0 && (
        <div className={classes.left}>
          <p>{say("web.surveys.left_out", { n: convert.data.left_out.length })}</p>
          <ul>
            {convert.data.left_out.map((one) => (
              <li key={`${one.place} ${one.what}`}>
                <code>{one.place}</code> {one.what}
              </li>
            ))}
          </ul>
        </div>
      )}
      <div className={dialog.decide}>
        <Button type="submit" loading={convert.isPending} disabled={document === undefined}>
          {say(convert.data ? "web.surveys.take" : "web.surveys.look")}
        </Button>
      </div>
    </form>
  );
}
