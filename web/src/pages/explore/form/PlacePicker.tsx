import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import type { Json } from "@/api/types";
import { useFieldValues } from "@/hooks/useFields";
import { Counted, EventPicker, EventsPicker } from "@/parts/pickers/EventPicker";
import { LaterTags } from "@/parts/pickers/LaterSeveral";
import { useWrong } from "@/parts/wrong";
import { empty, listOf } from "../spec";

interface Props {
  label?: string;
  "aria-label"?: string;
  /** The field whose values are the places. */
  by: string;
  many: boolean;
  value: Json;
  onChange: (value: Json) => void;
}

const WAIT = 120;

/** Picks a place: an event, or a value of the field by which places are told apart. */
export function PlacePicker({ by, many, value, onChange, ...said }: Props) {
  const [search, setSearch] = useState("");
  const field = by === "event" ? null : by;
  const usual = useFieldValues(field).data ?? [];
  const titles = new Map(usual.map((one) => [one.value, one.title]));
  const first = empty(value) ? "" : String(listOf(value)[0]);
  // What is chosen stands in the field too, and is not looked for.
  const looked = search === first || search === titles.get(first) ? "" : search;
  const [asked] = useDebouncedValue(looked, WAIT);
  const found = useFieldValues(field, asked).data ?? [];
  const known = new Map(found.flatMap((one) => (one.value === null ? [] : [[one.value, one] as const])));
  const called = (place: string) => known.get(place)?.title ?? titles.get(place) ?? place;
  const wrong = useWrong(listOf(value).map(String));
  const chosen = listOf(value).map(String);
  if (by === "event") {
    return many ? (
      <EventsPicker {...said} value={chosen} onChange={onChange} />
    ) : (
      <EventPicker {...said} value={chosen[0] ?? null} onChange={onChange} />
    );
  }
  if (many) {
    return (
      <LaterTags
        {...said}
        error={wrong}
        data={[...known.keys()]}
        renderOption={({ option }) => (
          <Counted name={option.value} title={called(option.value)} count={known.get(option.value)?.events} />
        )}
        value={chosen}
        onChange={onChange}
        onSearchChange={setSearch}
      />
    );
  }
  const names = [...new Set([...(empty(value) ? [] : chosen), ...known.keys()])];
  return (
    <Select
      {...said}
      error={wrong}
      data={names.map((name) => ({ value: name, label: called(name) }))}
      value={chosen[0] ?? null}
      onChange={onChange}
      onSearchChange={setSearch}
      searchable
      clearable
      renderOption={({ option }) => (
        <Counted name={option.value} title={called(option.value)} count={known.get(option.value)?.events} />
      )}
    />
  );
}
