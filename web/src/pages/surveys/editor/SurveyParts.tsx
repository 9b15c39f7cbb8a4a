import { MultiSelect, Switch, TextInput } from "@mantine/core";
import type { Survey } from "@survey/definition";
import { languagesOf } from "@survey/definition";
import { nameOf } from "@survey/form/words";
import { useState } from "react";
import { Card } from "@/parts/Card";
import { useSay } from "@/words/say";
import classes from "./Editor.module.css";
import { Fold, MaybeTexts, Texts } from "./Texts";

const LANGUAGES = ["zh", "en", "zh-TW", "ja", "ko", "fr", "de", "es", "pt", "ru", "th", "vi", "id"];

/** What is true of the whole survey: its name and last words, its languages, where it asks, whether it is anonymous. */
export function SurveyParts({ survey, onChange }: { survey: Survey; onChange: (survey: Survey) => void }) {
  const say = useSay();
  const languages = languagesOf(survey);
  const [hidden, setHidden] = useState((survey.hidden ?? []).join(", "));
  return (
    <Card>
      <div className={classes.inside}>
        <Texts
          label={say("web.surveys.title")}
          value={survey.title}
          languages={languages}
          onChange={(title) => onChange({ ...survey, title })}
        />
        <MaybeTexts
          label={say("web.surveys.description")}
          value={survey.description}
          languages={languages}
          lines={2}
          onChange={(description) => onChange({ ...survey, description })}
        />
        <MaybeTexts
          label={say("web.surveys.thanks")}
          value={survey.thanks}
          languages={languages}
          onChange={(thanks) => onChange({ ...survey, thanks })}
        />
        <Switch
          size="xs"
          label={say("web.surveys.anonymous")}
          description={say("web.surveys.anonymous_about")}
          checked={survey.anonymous ?? false}
          onChange={(event) => onChange({ ...survey, anonymous: event.currentTarget.checked || undefined })}
        />
        <Fold title={say("web.surveys.more")}>
          <MultiSelect
            size="xs"
            label={say("web.surveys.languages")}
            data={[...new Set([...languages, ...LANGUAGES])].map((value) => ({
              value,
              label: nameOf(value),
            }))}
            value={[...languages]}
            onChange={(next) => next.length && onChange({ ...survey, languages: next })}
          />
          <div className={classes.line}>
            {(["touchpoint", "channel"] as const).map((name) => (
              <TextInput
                key={name}
                size="xs"
                label={say(`web.surveys.survey_${name}`)}
                value={survey[name] ?? ""}
                onChange={(event) => onChange({ ...survey, [name]: event.currentTarget.value || undefined })}
              />
            ))}
            <TextInput size="xs" label={say("web.surveys.name_key")} value={survey.key} readOnly />
          </div>
          <TextInput
            size="xs"
            label={say("web.surveys.hidden")}
            description={say("web.surveys.hidden_about")}
            value={hidden}
            onChange={(event) => {
              setHidden(event.currentTarget.value);
              const names = event.currentTarget.value.split(/[\s,，、]+/).filter(Boolean);
              onChange({ ...survey, hidden: names.length ? names : undefined });
            }}
          />
        </Fold>
      </div>
    </Card>
  );
}
