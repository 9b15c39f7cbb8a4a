import { Button, Textarea } from "@mantine/core";
import { IconFileText } from "@tabler/icons-react";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { useNavigate } from "react-router";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { Decide } from "@/parts/Decide";
import { Dialog } from "@/parts/Dialog";
import dialog from "@/parts/Dialog.module.css";
import { FileDrop } from "@/parts/FileDrop";
import { Problem } from "@/parts/Problem";
import { useSay } from "@/words/say";
import { Details } from "./Details";
import classes from "./Interviews.module.css";
import { isSound, type Read, SOUNDS, type Speaker } from "./types";
import { type Draft, useInterviewActions } from "./useInterviews";

const ENDINGS = ".txt,.md,.vtt,.srt,.docx,.pdf,.html,.htm,.csv,.tsv";
const NOTHING: Draft = {
  title: "",
  form: "interview",
  text: "",
  date: "",
  customer: null,
  citation: { author: "", publisher: "", url: "", published: "", accessed: "" },
  speakers: [],
  times: [],
  pages: [],
  file: "",
  sha256: "",
};

interface Props {
  file: File | null;
  onClose: () => void;
  /** What happens to a text that is kept; if not given it is opened. */
  onKept?: (id: string) => void;
}

/** Brings a text in: from a file that is looked into first, or pasted. */
export function Bring({ file, onClose, onKept }: Props) {
  const say = useSay();
  const go = useNavigate();
  const ws = encodeURIComponent(useWorkspaceName());
  const { read, add, record } = useInterviewActions();
  const [sound, setSound] = useState<File | null>(null);
  const [draft, setDraft] = useState(NOTHING);
  const [who, setWho] = useState<Speaker[]>([]);
  const [empty, setEmpty] = useState<number[]>([]);
  const given = useRef(file);
  const look = (chosen: File) => {
    if (isSound(chosen.name)) {
      setSound(chosen);
      setDraft((before) => ({ ...before, title: before.title || chosen.name.replace(/\.[^.]+$/, "") }));
      return;
    }
    read.mutate(chosen, {
      onSuccess: (found) => {
        setDraft(draftOf(found));
        setWho(found.who);
        setEmpty(found.empty_pages);
      },
    });
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was dropped is looked into once
  useEffect(() => {
    if (given.current) look(given.current);
    given.current = null;
  }, []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const open = onKept ?? ((id: string) => go(`/w/${ws}/interviews/${id}`));
    const listen = (id: string) =>
      sound ? record.mutate({ id, file: sound }, { onSuccess: () => open(id) }) : open(id);
    if (add.data) listen(add.data.id);
    else add.mutate(draft, { onSuccess: ({ id }) => listen(id) });
  };
  return (
    <Dialog opened onClose={onClose} title={say("web.interviews.bring")} size="lg">
      <form className={dialog.form} onSubmit={submit}>
        {sound && (
          <p>
            <b>{sound.name}</b>{" "}
            <Button variant="subtle" size="compact-xs" onClick={() => setSound(null)}>
              {say("web.interviews.other_file")}
            </Button>
          </p>
        )}
        {!draft.file && !sound && (
          <FileDrop
            busy={read.isPending}
            icon={<IconFileText size={24} stroke={1.4} />}
            title={say("web.interviews.drop")}
            kinds={say("web.interviews.drop_kinds")}
            endings={`${ENDINGS},${SOUNDS}`}
            onFile={look}
          />
        )}
        {read.error && <Problem error={read.error} />}
        {draft.file ? (
          <div className={classes.preview}>
            <p>
              <b>{draft.file}</b>{" "}
              {draft.pages?.length
                ? say("web.interviews.pages", { n: draft.pages.length })
                : say("web.interviews.characters", { n: Array.from(draft.text).length })}
              <Button variant="subtle" size="compact-xs" onClick={() => setDraft(NOTHING)}>
                {say("web.interviews.other_file")}
              </Button>
            </p>
            {empty.length > 0 && (
              <p className={classes.warned}>
                {say("web.interviews.empty_pages", { n: empty.length, pages: empty.join(say("values.and")) })}
              </p>
            )}
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keys */}
            <section tabIndex={0} aria-label={say("web.interviews.text")}>
              {draft.text.slice(0, 4000)}
            </section>
          </div>
        ) : (
          <Textarea
            label={say(sound ? "web.interviews.heard" : "web.interviews.paste")}
            description={say(sound ? "web.interviews.heard_how" : "web.interviews.paste_how")}
            value={draft.text}
            minRows={5}
            maxRows={12}
            autosize
            required
            onChange={(event) => setDraft({ ...draft, text: event.currentTarget.value })}
          />
        )}
        {draft.text && (
          <Details draft={draft} who={who} onChange={(next) => setDraft({ ...draft, ...next })} />
        )}
        <Decide
          by={{ error: add.error ?? record.error, isPending: add.isPending || record.isPending }}
          verb={say("web.interviews.keep")}
          ready={!!draft.text.trim() && !!draft.title.trim()}
          onCancel={onClose}
        />
      </form>
    </Dialog>
  );
}

function draftOf(found: Read): Draft {
  const { title, text, times, pages, file, sha256 } = found;
  return {
    ...NOTHING,
    ...{ title, text, times, pages, file, sha256 },
    form: found.form ?? "interview",
    citation: { ...NOTHING.citation, ...found.citation },
  };
}
