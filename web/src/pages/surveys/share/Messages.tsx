import { Textarea, TextInput } from "@mantine/core";
import { nameOf } from "@survey/form/words";
import type { SurveySettings } from "@/hooks/useSurveys";
import { useSay } from "@/words/say";
import classes from "../Surveys.module.css";

type Written = NonNullable<SurveySettings["messages"]>;

interface Props {
  messages?: Written;
  languages: readonly string[];
  onChange: (messages: Written) => void;
}

/** What invitations say, in each language of the survey; where nothing is written, Lvtu has words of its own. */
export function Messages({ messages = {}, languages, onChange }: Props) {
  const say = useSay();
  const put = (language: string, change: Partial<Written[string]>) => {
    const next = { subject: "", text: "", ...messages[language], ...change };
    const { [language]: _, ...others } = messages;
    onChange(next.subject || next.text ? { ...others, [language]: next } : others);
  };
  return (
    <fieldset>
      <legend>{say("web.surveys.messages")}</legend>
      <p className={classes.faint}>{say("web.surveys.messages_about")}</p>
      <div className={classes.messages}>
        {languages.map((language) => (
          <div key={language} lang={language} className={classes.message}>
            <TextInput
              size="xs"
              label={`${say("web.surveys.message_subject")} · ${nameOf(language)}`}
              value={messages[language]?.subject ?? ""}
              maxLength={200}
              onChange={(event) => put(language, { subject: event.currentTarget.value })}
            />
            <Textarea
              size="xs"
              rows={4}
              label={`${say("web.surveys.message_text")} · ${nameOf(language)}`}
              value={messages[language]?.text ?? ""}
              maxLength={2000}
              onChange={(event) => put(language, { text: event.currentTarget.value })}
            />
          </div>
        ))}
      </div>
    </fieldset>
  );
}
