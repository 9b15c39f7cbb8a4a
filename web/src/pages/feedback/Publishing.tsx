import { Button, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { refused, told } from "@/parts/notice";
import { useSay } from "@/words/say";
import classes from "./Feedback.module.css";
import { LANGUAGES, spoken, type Whole } from "./types";
import { usePieceActions } from "./useFeedback";

/** A piece as everybody is to read it, in one's own words. */
export function Publishing({ piece }: { piece: Whole }) {
  const say = useSay();
  const { publish, unpublish } = usePieceActions(piece.id);
  const words = piece.public ?? piece.before;
  const [title, setTitle] = useState<Record<string, string>>(words?.title ?? {});
  const [text, setText] = useState<Record<string, string>>(words?.text ?? {});
  const named = spoken(title);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!named) return;
    publish.mutate(
      { version: piece.version, title: named, text: spoken(text) ?? {} },
      { onSuccess: () => told(say("web.feedback.saved")), onError: refused },
    );
  };
  return (
    <details className={classes.part} open={piece.public !== null}>
      <summary>{say("web.feedback.public_title")}</summary>
      <form onSubmit={submit} inert={publish.isPending || unpublish.isPending}>
        <p className={classes.hint}>{say("web.feedback.public_about")}</p>
        <div className={classes.row}>
          {LANGUAGES.map(([lang, language]) => (
            <div key={lang} className={classes.words}>
              <TextInput
                size="xs"
                lang={lang}
                label={say("web.feedback.title", { language })}
                maxLength={120}
                value={title[lang] ?? ""}
                onChange={(event) => setTitle({ ...title, [lang]: event.currentTarget.value })}
              />
              <Textarea
                size="xs"
                lang={lang}
                label={say("web.feedback.text", { language })}
                autosize
                minRows={1}
                maxLength={2000}
                value={text[lang] ?? ""}
                onChange={(event) => setText({ ...text, [lang]: event.currentTarget.value })}
              />
            </div>
          ))}
        </div>
        <div className={classes.doing}>
          <Button type="submit" size="xs" variant="default" disabled={!named} loading={publish.isPending}>
            {say(piece.public ? "web.feedback.publish_again" : "web.feedback.publish")}
          </Button>
          {piece.public && (
            <Button
              size="xs"
              variant="subtle"
              loading={unpublish.isPending}
              onClick={() => unpublish.mutate(piece.version, { onError: refused })}
            >
              {say("web.feedback.unpublish")}
            </Button>
          )}
        </div>
      </form>
    </details>
  );
}
