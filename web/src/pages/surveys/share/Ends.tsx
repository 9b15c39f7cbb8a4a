import { NumberInput, TextInput } from "@mantine/core";
import type { SurveySettings } from "@/hooks/useSurveys";
import { useSay } from "@/words/say";
import classes from "../Surveys.module.css";

interface Props {
  settings: SurveySettings;
  onChange: (change: Partial<SurveySettings>) => void;
}

/** When a survey takes no more answers: after a time, after so many, or for today. */
export function Ends({ settings, onChange }: Props) {
  const say = useSay();
  return (
    <fieldset>
      <legend>{say("web.surveys.ends")}</legend>
      <div className={classes.line}>
        <TextInput
          size="xs"
          w={200}
          type="datetime-local"
          label={say("web.surveys.closes")}
          value={here(settings.closes)}
          onChange={(event) => {
            const time = event.currentTarget.value;
            onChange({ closes: time ? new Date(time).toISOString() : null });
          }}
        />
        {(["most", "daily"] as const).map((name) => (
          <NumberInput
            key={name}
            size="xs"
            w={180}
            min={1}
            label={say(`web.surveys.ends_${name}`)}
            placeholder={say("web.surveys.unlimited")}
            value={settings[name] ?? ""}
            onChange={(next) => onChange({ [name]: next === "" ? null : Number(next) || 1 })}
          />
        ))}
      </div>
    </fieldset>
  );
}

/** A time on the clock of whoever looks, as the browser's field has it. */
function here(time: string | null | undefined): string {
  if (!time) return "";
  return new Date(time).toLocaleString("sv-SE", { dateStyle: "short", timeStyle: "short" }).replace(" ", "T");
}
