import { TextInput } from "@mantine/core";
import { useState } from "react";
import { useSay } from "@/words/say";

interface Props {
  value: string | null;
  onChange: (duration: string | null) => void;
  label?: string;
  description?: string;
  placeholder?: string;
  "aria-label"?: string;
}

const FORM = /^\d+(\.\d+)?(ms|s|m|h|d|w)$|^P/;

/** A duration such as `7d` or `30m`; taken when it is one. */
export function DurationInput({ value, onChange, placeholder, ...rest }: Props) {
  const say = useSay();
  const [text, setText] = useState(value ?? "");
  const [known, setKnown] = useState(value);
  if (known !== value) {
    setKnown(value);
    setText(value ?? "");
  }
  const good = text === "" || FORM.test(text);
  return (
    <TextInput
      {...rest}
      value={text}
      placeholder={placeholder ?? say("web.pick.duration")}
      error={good ? undefined : say("web.pick.duration_form")}
      onChange={(event) => {
        const typed = event.currentTarget.value.trim();
        setText(typed);
        if (typed === "" || FORM.test(typed)) {
          setKnown(typed || null);
          onChange(typed || null);
        }
      }}
    />
  );
}
