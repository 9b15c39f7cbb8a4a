import { Autocomplete, NumberInput, SegmentedControl, TagsInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import type { Field } from "@/api/types";
import { useFieldValues } from "@/hooks/useFields";
import { useSay } from "@/words/say";
import { Counted } from "../pickers/EventPicker";
import { type Comparison, takes, type Value } from "./simple";

interface Props {
  comparison: Comparison;
  kind: Field["kind"];
  onChange: (values: Value[]) => void;
}

const WAIT = 120;

/** What a field is compared with: its own values are offered, each with how often it occurs. */
export default function ValueInput({ comparison: { field, operator, values }, kind, onChange }: Props) {
  const say = useSay();
  const [search, setSearch] = useState("");
  const [asked] = useDebouncedValue(search, WAIT);
  const known = (useFieldValues(kind === "text" ? field : null, asked).data ?? []).filter(
    (one) => one.value !== null,
  );
  const found = new Map(known.map((one) => [one.value as string, one]));
  const option = (value: string) => (
    <Counted name={value} title={found.get(value)?.title} count={found.get(value)?.events} />
  );
  const label = { "aria-label": say("web.condition.value"), placeholder: say("web.condition.value") };
  if (takes(operator) === "none") return null;
  if (kind === "boolean") {
    return (
      <SegmentedControl
        value={String(values[0] ?? true)}
        onChange={(said) => onChange([said === "true"])}
        data={[
          { value: "true", label: say("values.yes") },
          { value: "false", label: say("values.no") },
        ]}
      />
    );
  }
  if (takes(operator) === "several") {
    const typed = (text: string): Value => (kind === "number" ? Number(text) : text);
    return (
      <TagsInput
        {...label}
        data={[...found.keys()]}
        renderOption={({ option: { value } }) => option(value)}
        value={values.map(String)}
        onChange={(texts) => onChange(texts.map(typed))}
        onSearchChange={setSearch}
        maxDropdownHeight={240}
      />
    );
  }
  if (kind === "number") {
    return (
      <NumberInput
        {...label}
        value={values[0] === undefined ? "" : Number(values[0])}
        onChange={(number) => onChange(number === "" ? [] : [Number(number)])}
        thousandSeparator=","
        hideControls
      />
    );
  }
  return (
    <Autocomplete
      {...label}
      data={[...found.keys()]}
      value={String(values[0] ?? "")}
      onChange={(text) => {
        setSearch(text);
        onChange(text === "" ? [] : [text]);
      }}
      filter={({ options }) => options}
      maxDropdownHeight={240}
      comboboxProps={{ width: "max-content", position: "bottom-start" }}
      renderOption={({ option: { value } }) => option(value)}
    />
  );
}
