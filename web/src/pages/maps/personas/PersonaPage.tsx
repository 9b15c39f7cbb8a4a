import { Button, SegmentedControl, Skeleton, Textarea, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconTrash } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { useNavigate, useParams } from "react-router";
import { useRole } from "@/hooks/useRole";
import { Card } from "@/parts/Card";
import { Confirm } from "@/parts/Confirm";
import { Written } from "@/parts/condition/Written";
import { told as notice } from "@/parts/notice";
import { Page } from "@/parts/Page";
import { Problem } from "@/parts/Problem";
import { SegmentPicker } from "@/parts/pickers/SavedPickers";
import { LANGS, type Lang } from "@/words/key";
import { useSay } from "@/words/say";
import { Counted } from "./Counted";
import classes from "./Personas.module.css";
import { asLines, lines, said, told } from "./texts";
import { type PersonaDocument, type PersonaOf, usePersona, usePersonaActions } from "./usePersonas";

const LISTS = ["traits", "goals", "needs", "behaviours"] as const;

/** One persona: what people write of it, beside what is counted of its customers. */
export function PersonaPage() {
  const say = useSay();
  const { key = "" } = useParams();
  const found = usePersona(key);
  if (found.data) return <Opened key={found.data.version} of={found.data} />;
  return (
    <Page
      title={say("web.maps.personas.title")}
      back={{ to: "maps/personas", label: say("web.maps.personas.title") }}
    >
      {found.isError ? (
        <Problem error={found.error} retry={() => found.refetch()} />
      ) : (
        <Skeleton height={420} radius={12} />
      )}
    </Page>
  );
}

function Opened({ of }: { of: PersonaOf }) {
  const say = useSay();
  const document = of.document as unknown as PersonaDocument;
  return (
    <Page
      title={document.name[say.lang]}
      back={{ to: "maps/personas", label: say("web.maps.personas.title") }}
      actions={of.edits && <Remove of={of} />}
    >
      <div className={classes.page}>
        <Card>
          <Form of={of} />
        </Card>
        <Counted of={of} />
      </div>
    </Page>
  );
}

function Form({ of }: { of: PersonaOf }) {
  const say = useSay();
  const { save } = usePersonaActions();
  const [lang, setLang] = useState<Lang>(say.lang);
  const [one, setOne] = useState(of.document as unknown as PersonaDocument);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const kept = { ...one, ...Object.fromEntries(LISTS.map((name) => [name, said(one[name])])) };
    const persona = {
      ...kept,
      role: one.role?.zh || one.role?.en ? one.role : null,
      background: one.background?.zh || one.background?.en ? one.background : null,
      quote: one.quote?.text.trim() ? one.quote : null,
    };
    save.mutate(
      { key: of.key, version: of.version, persona },
      { onSuccess: () => notice(say("web.maps.personas.saved")) },
    );
  };
  const quote = (text: string) => {
    const same = text === (of.document as unknown as PersonaDocument).quote?.text;
    setOne({ ...one, quote: same ? (of.document as unknown as PersonaDocument).quote : { text } });
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <SegmentedControl
        className={classes.lang}
        aria-label={say("web.maps.personas.lang")}
        value={lang}
        data={LANGS.map((value) => ({ value, label: say(`web.shell.in_${value}`) }))}
        onChange={(value) => setLang(value as Lang)}
      />
      <fieldset className={classes.fields} disabled={!of.edits || save.isPending}>
        <div className={classes.pair}>
          <TextInput
            label={say("web.maps.personas.name")}
            value={one.name[lang]}
            maxLength={120}
            onChange={(event) => setOne({ ...one, name: told(one.name, lang, event.currentTarget.value) })}
          />
          <TextInput
            label={say("web.maps.personas.role")}
            placeholder={say("web.maps.personas.role_example")}
            value={one.role?.[lang] ?? ""}
            maxLength={200}
            onChange={(event) => setOne({ ...one, role: told(one.role, lang, event.currentTarget.value) })}
          />
        </div>
        <Textarea
          label={say("web.maps.personas.background")}
          autosize
          minRows={2}
          value={one.background?.[lang] ?? ""}
          onChange={(event) =>
            setOne({ ...one, background: told(one.background, lang, event.currentTarget.value) })
          }
        />
        <div className={classes.pair}>
          {LISTS.map((name) => (
            <Textarea
              key={name}
              label={say(`web.maps.personas.${name}`)}
              description={say("web.maps.personas.a_line")}
              autosize
              minRows={3}
              value={asLines(one[name], lang)}
              onChange={(event) =>
                setOne({ ...one, [name]: lines(one[name], lang, event.currentTarget.value) })
              }
            />
          ))}
        </div>
        <Textarea
          label={say("web.maps.personas.quote")}
          description={say(
            one.quote?.event != null ? "web.maps.personas.verbatim" : "web.maps.personas.made_up",
          )}
          autosize
          minRows={2}
          value={one.quote?.text ?? ""}
          onChange={(event) => quote(event.currentTarget.value)}
        />
        <Whom value={one.segment ?? null} onChange={(segment) => setOne({ ...one, segment })} />
      </fieldset>
      {save.error && <Problem error={save.error} />}
      {of.edits && (
        <div className={classes.decide}>
          <Button
            type="submit"
            loading={save.isPending}
            disabled={!one.name.zh.trim() || !one.name.en.trim()}
          >
            {say("web.do.save")}
          </Button>
        </div>
      )}
    </form>
  );
}

const NAMED = /^in segment '(.+)'$/;

/** A segment's name as a condition. */
function inSegment(name: string): string {
  return `in segment '${name.replaceAll("'", "''")}'`;
}

/** Which customers it stands for: a segment by its name, or a condition. */
function Whom({ value, onChange }: { value: string | null; onChange: (segment: string | null) => void }) {
  const say = useSay();
  const { may } = useRole();
  const name = value === null ? null : (NAMED.exec(value)?.[1]?.replaceAll("''", "'") ?? null);
  const [writes, setWrites] = useState(value !== null && name === null);
  return (
    <div>
      {writes ? (
        <>
          <p className={classes.label}>{say("web.maps.personas.segment")}</p>
          <Written value={value} onChange={onChange} />
        </>
      ) : (
        <SegmentPicker
          label={say("web.maps.personas.segment")}
          value={name}
          onChange={(one) => onChange(one && inSegment(one))}
        />
      )}
      {may("analyst") && (
        <button type="button" className={classes.link} onClick={() => setWrites(!writes)}>
          {say(writes ? "web.maps.personas.pick" : "web.maps.personas.write")}
        </button>
      )}
    </div>
  );
}

function Remove({ of }: { of: PersonaOf }) {
  const say = useSay();
  const go = useNavigate();
  const { remove } = usePersonaActions();
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <Button variant="default" leftSection={<IconTrash size={14} />} onClick={open}>
        {say("web.do.remove")}
      </Button>
      <Confirm
        opened={opened}
        onClose={close}
        title={say("web.maps.personas.remove")}
        verb={say("web.do.remove")}
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate(of.key, { onSuccess: () => go("..", { relative: "path" }) })}
      >
        {say("web.maps.personas.remove_why")}
      </Confirm>
    </>
  );
}
