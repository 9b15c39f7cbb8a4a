import { Button, TagsInput, Textarea } from "@mantine/core";
import { type KeyboardEvent, useState } from "react";
import { useSay } from "@/words/say";
import colours from "./colours.module.css";
import classes from "./Reader.module.css";
import { COLOURS, type Code, type Coding, type Colour } from "./types";

interface Props {
  coding: Coding;
  /** The codes that there are, to choose from; each with its colour. */
  known: Code[];
  verb: string;
  busy: boolean;
  focus: boolean;
  onSave: (coding: Coding) => void;
  onCancel: () => void;
}

const PARTS = [",", "，", ";", "；", "、"];

/** What a passage is about: codes, a colour, a note. Enter in an empty line of codes keeps it. */
export function CodingForm({ coding, known, verb, busy, focus, onSave, onCancel }: Props) {
  const say = useSay();
  const [codes, setCodes] = useState(coding.codes);
  const [typed, setTyped] = useState("");
  const [note, setNote] = useState(coding.note);
  const [colour, setColour] = useState<Colour | null>(null);
  const usual = known.find(({ code }) => code === codes[0])?.colour ?? coding.colour;
  const shown = colour ?? (coding.codes.length ? coding.colour : usual);
  const save = () => {
    const last = typed.trim();
    onSave({
      codes: last && !codes.includes(last) ? [...codes, last] : codes,
      note: note.trim(),
      colour: shown,
    });
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Escape") {
      event.stopPropagation();
      onCancel();
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      save();
    }
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape and Ctrl Enter, for the fields within
    <div className={classes.coding} onKeyDown={onKey}>
      <TagsInput
        size="xs"
        aria-label={say("web.interviews.codes")}
        placeholder={codes.length ? "" : say("web.interviews.codes_which")}
        value={codes}
        onChange={setCodes}
        searchValue={typed}
        onSearchChange={setTyped}
        data={known.map(({ code }) => code)}
        maxTags={20}
        splitChars={PARTS}
        limit={8}
        autoFocus={focus}
        comboboxProps={{ shadow: "md" }}
        onKeyDown={(event) => {
          if (event.key === "Enter" && !typed.trim() && !event.nativeEvent.isComposing) {
            event.preventDefault();
            save();
          }
        }}
      />
      <Textarea
        size="xs"
        aria-label={say("web.interviews.note")}
        placeholder={say("web.interviews.note_what")}
        value={note}
        autosize
        minRows={1}
        maxRows={6}
        maxLength={2000}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <div className={classes.decide}>
        <fieldset className={classes.swatches}>
          <legend>{say("web.interviews.colour")}</legend>
          {COLOURS.map((one) => (
            <label key={one} className={colours[one]} title={say(`web.interviews.colour_${one}`)}>
              <input
                type="radio"
                name="colour"
                checked={shown === one}
                aria-label={say(`web.interviews.colour_${one}`)}
                onChange={() => setColour(one)}
              />
            </label>
          ))}
        </fieldset>
        <Button size="compact-sm" variant="subtle" color="gray" onClick={onCancel}>
          {say("web.do.cancel")}
        </Button>
        <Button size="compact-sm" loading={busy} onClick={save}>
          {verb}
        </Button>
      </div>
    </div>
  );
}
