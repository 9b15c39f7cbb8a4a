import { Button, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { Link, useNavigate } from "react-router";
import { useRole } from "@/hooks/useRole";
import { Written } from "@/parts/condition/Written";
import { Decide } from "@/parts/Decide";
import { Dialog } from "@/parts/Dialog";
import dialog from "@/parts/Dialog.module.css";
import { Empty } from "@/parts/Empty";
import { percent } from "@/parts/numbers";
import { Page } from "@/parts/Page";
import { Problem } from "@/parts/Problem";
import { SegmentPicker } from "@/parts/pickers/SavedPickers";
import { RowsLoading } from "@/parts/Rows";
import { useSay } from "@/words/say";
import { Tabs } from "../library/Tabs";
import { Face } from "./Face";
import classes from "./Personas.module.css";
import { keyOf } from "./texts";
import { type PersonaDocument, type PersonaRow, usePersonaActions, usePersonas } from "./usePersonas";

/** Every persona as a card, with how many customers it stands for now. */
export function PersonaList() {
  const say = useSay();
  const found = usePersonas();
  const [opened, { open, close }] = useDisclosure();
  const personas = found.data?.personas ?? [];
  const button = found.data?.edits && (
    <Button leftSection={<IconPlus size={14} />} onClick={open}>
      {say("web.maps.personas.new")}
    </Button>
  );
  return (
    <Page
      title={say("web.shell.maps")}
      about={say("web.maps.personas.about")}
      actions={personas.length ? button : null}
    >
      <Tabs />
      {found.isError && <Problem error={found.error} retry={() => found.refetch()} />}
      {found.isPending && <RowsLoading />}
      {found.data && personas.length === 0 && (
        <Empty title={say("web.maps.personas.none")} why={say("web.maps.personas.none_why")}>
          {button}
        </Empty>
      )}
      <ul className={classes.cards}>
        {personas.map((one) => (
          <Person key={one.key} of={one} />
        ))}
      </ul>
      <NewPersona opened={opened} onClose={close} taken={personas.map((one) => one.key)} />
    </Page>
  );
}

function Person({ of }: { of: PersonaRow }) {
  const say = useSay();
  return (
    <li>
      <Link className={classes.person} to={encodeURIComponent(of.key)}>
        <Face initials={of.initials} color={of.color} />
        <span className={classes.who}>
          <b>{of.name}</b>
          {of.role && <span className={classes.soft}>{of.role}</span>}
        </span>
        <span className={classes.size}>
          <b>{of.customers === null ? "—" : say("web.maps.customers", { n: of.customers })}</b>
          <span className={classes.soft}>
            {of.customers !== null && of.of
              ? percent(of.customers / of.of)
              : say("web.maps.personas.unbound")}
          </span>
        </span>
        <span className={classes.soft}>
          {of.segment ?? ""}
          {of.maps > 0 && ` · ${say("web.maps.personas.on_maps", { n: of.maps })}`}
        </span>
      </Link>
    </li>
  );
}

function NewPersona({ opened, onClose, taken }: { opened: boolean; onClose: () => void; taken: string[] }) {
  const say = useSay();
  return (
    <Dialog opened={opened} onClose={onClose} title={say("web.maps.personas.new")}>
      <Begin taken={taken} />
    </Dialog>
  );
}

/** A name, and of whom: with a segment the page opens with what its customers do more often than all others. */
function Begin({ taken }: { taken: string[] }) {
  const say = useSay();
  const go = useNavigate();
  const { may } = useRole();
  const { draft, save } = usePersonaActions();
  const [name, setName] = useState("");
  const [segment, setSegment] = useState<string | null>(null);
  const [writes, setWrites] = useState(false);
  const keep = (persona: PersonaDocument) => {
    const key = keyOf(name, taken);
    save.mutate({ key, version: null, persona }, { onSuccess: () => go(encodeURIComponent(key)) });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const named = { zh: name.trim(), en: name.trim() };
    if (!segment) return keep({ name: named });
    draft.mutate(segment, {
      onSuccess: (made) => keep({ ...(made.document as unknown as PersonaDocument), name: named }),
    });
  };
  const error = draft.error ?? save.error;
  return (
    <form className={dialog.form} onSubmit={submit}>
      <TextInput
        data-autofocus
        label={say("web.maps.personas.name")}
        placeholder={say("web.maps.personas.name_example")}
        value={name}
        maxLength={120}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <div>
        {writes ? (
          <>
            <p className={classes.label}>{say("web.maps.personas.segment")}</p>
            <Written value={segment} onChange={setSegment} />
          </>
        ) : (
          <SegmentPicker
            label={say("web.maps.personas.segment")}
            description={say("web.maps.personas.segment_about")}
            value={segment}
            onChange={setSegment}
          />
        )}
        {may("analyst") && (
          <button type="button" className={classes.link} onClick={() => setWrites(!writes)}>
            {say(writes ? "web.maps.personas.pick" : "web.maps.personas.write")}
          </button>
        )}
      </div>
      <Decide
        by={{ error, isPending: draft.isPending || save.isPending }}
        verb={say("web.maps.personas.make")}
        ready={!!name.trim()}
      />
    </form>
  );
}
