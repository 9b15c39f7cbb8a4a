import { Select } from "@mantine/core";
import { useFields } from "@/hooks/useFields";
import { useSay } from "@/words/say";
import { useWrong } from "../wrong";

interface Props {
  value: string | null;
  onChange: (field: string | null) => void;
  label?: string;
  description?: string;
  placeholder?: string;
  clearable?: boolean;
  "aria-label"?: string;
  /** Only what answers can be broken down by. */
  splits?: boolean;
}

/** Picks a field of the record, a property, a column of the journey model, or what is read in texts. */
export function FieldPicker({ value, splits = false, placeholder, clearable = true, ...rest }: Props) {
  const say = useSay();
  const fields = (useFields().data ?? []).filter((field) => !splits || field.splits !== false);
  const groups = (["model", "text", "record", "property"] as const)
    .map((of) => ({
      group: say(`web.pick.of_${of}`),
      items: fields
        .filter((field) => field.of === of)
        .map(({ name, title }) => ({ value: name, label: title })),
    }))
    .filter(({ items }) => items.length);
  const missing = value && !fields.some((field) => field.name === value) ? [{ value, label: value }] : [];
  return (
    <Select
      {...rest}
      error={useWrong(value)}
      data={[...missing, ...groups]}
      value={value}
      searchable
      clearable={clearable}
      maxDropdownHeight={300}
      comboboxProps={{ width: "max-content", position: "bottom-start" }}
      placeholder={placeholder ?? say("web.pick.field")}
      nothingFoundMessage={say("web.parts.nothing_found")}
    />
  );
}
