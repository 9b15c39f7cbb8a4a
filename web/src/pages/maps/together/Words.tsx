import { Button, Textarea } from "@mantine/core";
import { type KeyboardEvent, useId, useRef, useState } from "react";
import { usePeople } from "@/hooks/usePeople";
import { useSay } from "@/words/say";
import { Face } from "./Face";
import { asked, completed, named } from "./mentioning";
import talk from "./Talk.module.css";
import classes from "./Words.module.css";

interface Props {
  label: string;
  verb: string;
  text?: string;
  busy?: boolean;
  focus?: boolean;
  onSay: (body: string, mentions: string[], done: () => void) => void;
  onCancel?: () => void;
}

const SHOWN = 6;

/** A field for what one says, in which `@` offers the people of the workspace. */
export function Words({ label, verb, text = "", busy, focus, onSay, onCancel }: Props) {
  const say = useSay();
  const list = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [body, setBody] = useState(text);
  const [at, setAt] = useState(0);
  const [wanted, setWanted] = useState<string | null>(null);
  const people = (usePeople().data ?? []).map((one) => ({ id: one.id, name: one.name || one.email }));
  const offered =
    wanted === null
      ? []
      : people.filter((one) => one.name.toLowerCase().includes(wanted.toLowerCase())).slice(0, SHOWN);
  const take = (name: string) => {
    const caret = field.current?.selectionStart ?? body.length;
    const [next, place] = completed(body, caret, name);
    setBody(next);
    setWanted(null);
    requestAnimationFrame(() => field.current?.setSelectionRange(place, place));
    field.current?.focus();
  };
  const send = () => {
    if (!body.trim() || busy) return;
    onSay(body, named(body, people), () => setBody(""));
  };
  const keys = (event: KeyboardEvent) => {
    if (offered.length > 0) {
      const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const chosen = offered[at];
      if (move) setAt((at + move + offered.length) % offered.length);
      else if ((event.key === "Enter" || event.key === "Tab") && chosen) take(chosen.name);
      else if (event.key === "Escape") setWanted(null);
      else return;
      event.preventDefault();
      event.stopPropagation();
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) send();
  };
  return (
    <div className={classes.words}>
      <Textarea
        ref={field}
        label={label}
        autosize
        minRows={2}
        maxRows={10}
        value={body}
        data-autofocus={focus || undefined}
        autoFocus={focus}
        placeholder={say("web.maps.together.words_about")}
        role="combobox"
        aria-expanded={offered.length > 0}
        aria-controls={list}
        aria-activedescendant={offered.length > 0 ? `${list}-${at}` : undefined}
        onKeyDown={keys}
        onChange={(event) => {
          const { value, selectionStart } = event.currentTarget;
          setBody(value);
          setAt(0);
          setWanted(asked(value, selectionStart));
        }}
      />
      {offered.length > 0 && (
        <div
          id={list}
          role="listbox"
          aria-label={say("web.maps.together.people")}
          className={classes.offered}
        >
          {offered.map((one, place) => (
            <div
              key={one.id}
              id={`${list}-${place}`}
              role="option"
              tabIndex={-1}
              aria-selected={place === at}
              onMouseDown={(event) => {
                event.preventDefault();
                take(one.name);
              }}
            >
              <Face id={one.id} name={one.name} small /> {one.name}
            </div>
          ))}
        </div>
      )}
      {(body.trim() || onCancel) && (
        <div className={talk.decide}>
          {onCancel && (
            <Button size="xs" variant="default" onClick={onCancel}>
              {say("web.do.cancel")}
            </Button>
          )}
          <Button size="xs" loading={busy} disabled={!body.trim()} onClick={send}>
            {verb}
          </Button>
        </div>
      )}
    </div>
  );
}
