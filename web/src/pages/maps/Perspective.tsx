import { Button, Popover, Select, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconUsers } from "@tabler/icons-react";
import { useState } from "react";
import { useRole } from "@/hooks/useRole";
import { useSegments } from "@/hooks/useSaved";
import { Written } from "@/parts/condition/Written";
import { SegmentPicker } from "@/parts/pickers/SavedPickers";
import { useSay } from "@/words/say";
import classes from "./Perspective.module.css";
import { usePersonas } from "./personas/usePersonas";
import { KINDS, type Kind, kindOf, textOf, usePerspective } from "./perspective";
import { useMapAnswers } from "./useMaps";

/** From whose perspective the map is seen, and whose curve stands beside it. */
export function Perspective({ id }: { id: string }) {
  const say = useSay();
  const [whose, look] = usePerspective();
  const [open, { toggle, close }] = useDisclosure();
  const answers = useMapAnswers(id).data;
  const who = answers?.who ?? say("web.maps.whose.everybody");
  const told = answers?.beside ? say("web.maps.whose.two", { who, other: answers.beside.who }) : who;
  return (
    <Popover
      opened={open}
      onChange={close}
      position="bottom-end"
      width={340}
      withinPortal
      shadow="none"
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <Button
          variant={whose.who || whose.compare ? "light" : "default"}
          leftSection={<IconUsers size={14} />}
          onClick={toggle}
          aria-expanded={open}
          classNames={{ label: classes.told }}
        >
          {say("web.maps.whose.seen", { who: told })}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.menu} aria-label={say("web.maps.whose.title")}>
        <WhoInput
          label={say("web.maps.whose.title")}
          value={whose.who}
          onChange={(who) => look({ ...whose, who: who === "everybody" ? undefined : who })}
        />
        <WhoInput
          label={say("web.maps.whose.compare")}
          value={whose.compare}
          none={say("web.maps.whose.nobody")}
          onChange={(compare) => look({ ...whose, compare })}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

interface Props {
  label: string;
  value: string | undefined;
  /** What nobody at all is called, where that can be chosen. */
  none?: string;
  onChange: (who: string | undefined) => void;
}

function WhoInput({ label, value, none, onChange }: Props) {
  const say = useSay();
  const { may } = useRole();
  const personas = usePersonas().data?.personas ?? [];
  const segments = (useSegments().data ?? []).map((one) => one.name);
  const [known, name] = kindOf(value, segments);
  const [chosen, setChosen] = useState<Kind | null>(null);
  const kind = chosen ?? (value === undefined && none ? null : known);
  const kinds = KINDS.filter((one) => one !== "condition" || may("analyst")).filter(
    (one) => one !== "persona" || personas.length > 0,
  );
  const choose = (next: string | null) => {
    const picked = KINDS.find((one) => one === next) ?? null;
    setChosen(picked === "everybody" ? null : picked);
    if (picked === null) onChange(undefined);
    if (picked === "everybody") onChange("everybody");
  };
  const done = (text: string | null) => {
    setChosen(null);
    const asked = kind && text ? textOf(kind, text) : undefined;
    if (asked) onChange(asked);
  };
  const mine = kind === known ? name : "";
  return (
    <fieldset className={classes.who}>
      <Select
        label={label}
        value={kind ?? "none"}
        allowDeselect={false}
        comboboxProps={{ withinPortal: false }}
        data={[
          ...(none ? [{ value: "none", label: none }] : []),
          ...kinds.map((one) => ({ value: one, label: say(`web.maps.whose.${one}`) })),
        ]}
        onChange={choose}
      />
      {kind === "persona" && (
        <Select
          aria-label={say("web.maps.whose.persona")}
          placeholder={say("web.maps.whose.pick_persona")}
          value={mine || null}
          comboboxProps={{ withinPortal: false }}
          data={personas.map((one) => ({
            value: one.key,
            label: one.name,
            disabled: one.segment === null,
          }))}
          onChange={done}
        />
      )}
      {kind === "segment" && (
        <SegmentPicker
          aria-label={say("web.maps.whose.segment")}
          value={mine || null}
          clearable={false}
          onChange={done}
        />
      )}
      {kind === "condition" && <Written value={mine || null} onChange={done} />}
      {kind === "customer" && <CustomerInput value={mine} onChange={done} />}
    </fieldset>
  );
}

function CustomerInput({ value, onChange }: { value: string; onChange: (id: string) => void }) {
  const say = useSay();
  const [id, setId] = useState(value);
  return (
    <TextInput
      aria-label={say("web.maps.whose.customer")}
      placeholder={say("web.maps.whose.customer_example")}
      value={id}
      onChange={(event) => setId(event.currentTarget.value)}
      onKeyDown={(event) => event.key === "Enter" && onChange(id)}
      onBlur={() => id.trim() && id !== value && onChange(id)}
    />
  );
}
