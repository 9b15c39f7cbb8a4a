import { ActionIcon, Button, Checkbox, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import type { Contract } from "@/hooks/useContracts";
import { LaterSeveral, LaterTags } from "@/parts/pickers/LaterSeveral";
import { Rows } from "@/parts/Rows";
import { useSay } from "@/words/say";
import classes from "../Data.module.css";
import { KINDS, type Property, valuesOf, withProperty, withRequired } from "./edited";

interface Props {
  contract: Contract;
  /** Not given where it may only be read. */
  onChange?: (contract: Contract) => void;
}

/** What each property must be: there or not, of which type, of which values. */
export function Properties({ contract, onChange }: Props) {
  const say = useSay();
  const properties = Object.entries(contract.properties ?? {});
  return (
    <>
      {properties.length > 0 && (
        <Rows
          label={say("web.data.properties")}
          stacked={Boolean(onChange)}
          heads={[
            { key: "name", title: say("web.data.property") },
            { key: "required", title: say("web.data.required") },
            { key: "type", title: say("web.data.kind") },
            { key: "enum", title: say("web.data.allowed") },
            ...(onChange ? [{ key: "out", title: say("web.do.remove"), unseen: true }] : []),
          ]}
          rows={properties.map(([name, property]) => ({
            key: name,
            cells: onChange
              ? editing(name, property, contract, onChange, say)
              : [
                  name,
                  contract.required.includes(name) ? "✓" : "—",
                  typesOf(property, say),
                  allowedOf(property),
                ],
          }))}
        />
      )}
      {!properties.length && <p className={classes.more}>{say("web.data.asks_nothing")}</p>}
      {onChange && <AddProperty contract={contract} onChange={onChange} />}
    </>
  );
}

type Say = ReturnType<typeof useSay>;

function typesOf(property: Property, say: Say): string {
  return (
    property.type?.map((kind) => say(`web.data.type_${kind}`)).join(say("values.and")) ??
    say("web.data.type_any")
  );
}

function allowedOf(property: Property): string {
  return property.enum?.map(String).join(" · ") ?? "—";
}

function editing(
  name: string,
  property: Property,
  contract: Contract,
  onChange: (contract: Contract) => void,
  say: Say,
) {
  const set = (changed: Partial<Property>) =>
    onChange(withProperty(contract, name, { ...property, ...changed }));
  return [
    <b key="name" className={classes.name}>
      {name}
    </b>,
    <Checkbox
      key="required"
      aria-label={say("web.data.required_named", { name })}
      checked={contract.required.includes(name)}
      onChange={(event) => onChange(withRequired(contract, name, event.currentTarget.checked))}
    />,
    <LaterSeveral
      key="type"
      miw={150}
      aria-label={say("web.data.kind_named", { name })}
      placeholder={property.type?.length ? undefined : say("web.data.type_any")}
      data={KINDS.map((kind) => ({ value: kind, label: say(`web.data.type_${kind}`) }))}
      value={property.type ?? []}
      onChange={(kinds) => set({ type: kinds.length ? (kinds as Property["type"]) : null })}
    />,
    <LaterTags
      key="enum"
      miw={170}
      aria-label={say("web.data.allowed_named", { name })}
      placeholder={property.enum?.length ? undefined : say("web.data.any_value")}
      value={property.enum?.map(String) ?? []}
      onChange={(texts) => set({ enum: valuesOf(texts, property) })}
    />,
    <ActionIcon
      key="out"
      variant="subtle"
      color="gray"
      aria-label={say("web.do.remove_named", { name })}
      onClick={() => onChange(withProperty(contract, name, null))}
    >
      <IconTrash size={15} />
    </ActionIcon>,
  ];
}

function AddProperty({ contract, onChange }: Required<Props>) {
  const say = useSay();
  const [name, setName] = useState("");
  const add = (event: FormEvent) => {
    event.preventDefault();
    if (!name.trim() || contract.properties?.[name.trim()]) return;
    onChange(withProperty(contract, name.trim(), { type: ["string"], enum: null, description: null }));
    setName("");
  };
  return (
    <form className={`${classes.find} ${classes.more}`} onSubmit={add}>
      <TextInput
        placeholder={say("web.data.property_name")}
        aria-label={say("web.data.property_name")}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" leftSection={<IconPlus size={14} />} disabled={!name.trim()}>
        {say("web.data.add_property")}
      </Button>
    </form>
  );
}
