import { Textarea } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { useParse } from "@/hooks/useParse";
import { useSay } from "@/words/say";

interface Props {
  value: string | null;
  onChange: (condition: string | null) => void;
  placeholder?: string;
}

const WAIT = 250;

/** A condition as text: looked at as it is typed, taken when it can be read. */
export function Written({ value, onChange, placeholder = "channel = 'store' and value > 100" }: Props) {
  const say = useSay();
  const [text, setText] = useState(value ?? "");
  const [asked] = useDebouncedValue(text, WAIT);
  const parsed = useParse(asked);
  const wrong = asked.trim() && parsed.data && !parsed.data.ok ? parsed.data : null;
  const place =
    wrong?.start == null ? "" : ` «${text.slice(wrong.start, wrong.end ?? undefined).slice(0, 24)}»`;
  const take = () => {
    if (text.trim() === "") onChange(null);
    else if (parsed.data?.ok && asked === text) onChange(parsed.data.condition ?? text);
  };
  return (
    <Textarea
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === "Enter" && !event.shiftKey) {
          event.preventDefault();
          take();
        }
      }}
      autosize
      minRows={2}
      spellCheck={false}
      aria-label={say("web.condition.text")}
      placeholder={placeholder}
      description={!wrong && text ? (parsed.data?.said ?? undefined) : say("web.condition.enter")}
      inputWrapperOrder={["label", "input", "description", "error"]}
      error={wrong?.problem ? `${wrong.problem.what}${place}` : undefined}
    />
  );
}
