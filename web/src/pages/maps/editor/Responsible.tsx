import { Autocomplete } from "@mantine/core";
import { useState } from "react";
import { usePeople } from "@/hooks/usePeople";
import { useSay } from "@/words/say";

interface Props {
  value: string | undefined;
  onSave: (person: string | null) => void;
}

/** Who answers for a part: somebody of the workspace, who is told what becomes of it, or any name. */
export function Responsible({ value, onSave }: Props) {
  const say = useSay();
  const people = usePeople().data ?? [];
  const names = people.map((one) => one.name || one.email);
  // Where two have the same name, only their addresses tell them apart.
  const data = [
    ...new Set(
      people.map((one) =>
        names.filter((name) => name === one.name).length > 1 ? one.email : one.name || one.email,
      ),
    ),
  ];
  const [text, setText] = useState(value ?? "");
  const [known, setKnown] = useState(value);
  if (known !== value) {
    setKnown(value);
    setText(value ?? "");
  }
  const save = (name: string) => {
    if (name.trim() !== (value ?? "")) onSave(name.trim() || null);
  };
  return (
    <Autocomplete
      label={say("web.maps.edit.person")}
      description={say("web.maps.edit.person_about")}
      data={data}
      limit={8}
      value={text}
      onChange={setText}
      onOptionSubmit={save}
      onBlur={() => save(text)}
    />
  );
}
