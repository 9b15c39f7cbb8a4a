import { Combobox, Pill, PillsInput, Select, useCombobox } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { useEvents } from "@/hooks/useEvents";
import { useInWords } from "@/hooks/useParse";
import { useSay } from "@/words/say";
import { whole } from "../numbers";
import { useWrong } from "../wrong";
import classes from "./Picker.module.css";

interface Common {
  label?: string;
  description?: string;
  placeholder?: string;
  "aria-label"?: string;
}

interface One extends Common {
  value: string | null;
  onChange: (event: string | null) => void;
  clearable?: boolean;
}

const WAIT = 120;

/** Picks an event from those that there are, each with how often it happened. */
export function EventPicker({ value, onChange, clearable = true, placeholder, ...rest }: One) {
  const say = useSay();
  const [search, setSearch] = useState("");
  const called = useTitles();
  const wrong = useWrong(value);
  const [asked] = useDebouncedValue(value !== null && search === called(value) ? "" : search, WAIT);
  const events = useEvents(asked).data ?? [];
  const known = new Map(events.map((one) => [one.name, one]));
  const names = value && !known.has(value) ? [value, ...known.keys()] : [...known.keys()];
  // What is no event may be a condition on customers, where one may stand instead.
  const inWords = useInWords(
    value && !known.has(value) && called(value) === value && / /.test(value) ? [value] : [],
  );
  const data = names.map((name) => ({
    value: name,
    label: known.get(name)?.title ?? (called(name) === name ? inWords(name) : called(name)),
  }));
  return (
    <Select
      {...rest}
      data={data}
      value={value}
      title={value ?? undefined}
      error={wrong}
      onChange={onChange}
      onSearchChange={setSearch}
      searchable
      // What fits is found by the service, by other names and with slips, too.
      filter={({ options }) => options}
      clearable={clearable}
      limit={100}
      placeholder={placeholder ?? say("web.pick.event")}
      nothingFoundMessage={say("web.parts.nothing_found")}
      maxDropdownHeight={280}
      comboboxProps={{ width: "max-content", position: "bottom-start" }}
      renderOption={({ option: { value: name } }) => (
        <Counted name={name} title={known.get(name)?.title} count={known.get(name)?.events} />
      )}
    />
  );
}

interface CountedProps {
  name: string;
  title?: string | null;
  count: number | undefined;
}

/** What people call events, of those that are most frequent; the others keep their names. */
function useTitles(): (name: string) => string {
  const titles = new Map(useEvents().data?.map((one) => [one.name, one.title ?? one.name]));
  return (name) => titles.get(name) ?? name;
}

/** A name, before it what people call it, and at its right how often there is one. */
export function Counted({ name, title, count }: CountedProps) {
  return (
    <span className={classes.counted}>
      <span>
        {title || name}
        {title && !title.includes(name) && <i>{name}</i>}
      </span>
      <small>{count === undefined ? "" : whole(count)}</small>
    </span>
  );
}

interface Many extends Common {
  value: string[];
  onChange: (events: string[]) => void;
}

/** Picks several events, of which one is meant. */
export function EventsPicker({ value, onChange, label, description, placeholder, ...rest }: Many) {
  const say = useSay();
  const called = useTitles();
  const wrong = useWrong(value);
  const [search, setSearch] = useState("");
  const [asked] = useDebouncedValue(search, WAIT);
  const list = useCombobox({ onDropdownClose: () => list.resetSelectedOption() });
  const events = (useEvents(asked).data ?? []).filter((one) => !value.includes(one.name)).slice(0, 100);
  const add = (name: string) => {
    onChange([...value, name]);
    setSearch("");
  };
  const remove = (name: string) => onChange(value.filter((one) => one !== name));
  return (
    <Combobox store={list} onOptionSubmit={add} width="max-content" position="bottom-start">
      <Combobox.DropdownTarget>
        <PillsInput label={label} description={description} error={wrong} onClick={() => list.openDropdown()}>
          <Pill.Group>
            {value.map((name) => (
              <Pill
                key={name}
                withRemoveButton
                onRemove={() => remove(name)}
                title={name}
                removeButtonProps={{ "aria-label": say("web.do.remove_named", { name: called(name) }) }}
              >
                {called(name)}
              </Pill>
            ))}
            <Combobox.EventsTarget>
              <PillsInput.Field
                {...rest}
                miw={40}
                value={search}
                placeholder={value.length ? undefined : (placeholder ?? say("web.pick.event"))}
                onFocus={() => list.openDropdown()}
                onBlur={() => list.closeDropdown()}
                onChange={(event) => {
                  list.openDropdown();
                  list.updateSelectedOptionIndex();
                  setSearch(event.currentTarget.value);
                }}
                onKeyDown={(event) => {
                  const last = value.at(-1);
                  if (event.key === "Backspace" && !search && last) remove(last);
                }}
              />
            </Combobox.EventsTarget>
          </Pill.Group>
        </PillsInput>
      </Combobox.DropdownTarget>
      <Combobox.Dropdown>
        <Combobox.Options mah={280} style={{ overflowY: "auto" }}>
          {events.map((one) => (
            <Combobox.Option key={one.name} value={one.name}>
              <Counted name={one.name} title={one.title} count={one.events} />
            </Combobox.Option>
          ))}
          {!events.length && <Combobox.Empty>{say("web.parts.nothing_found")}</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
