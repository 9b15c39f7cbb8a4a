import { NativeSelect, TagsInput, Textarea, TextInput } from "@mantine/core";
import { useId, useState } from "react";
import type { Lang } from "@/words/key";
import { useSay } from "@/words/say";
import classes from "./Details.module.css";
import { type Both, calledIn, type MapDocument, rewritten, untranslated, withCalled } from "./document";
import { Responsible } from "./Responsible";

const OTHER: Record<Lang, Lang> = { zh: "en", en: "zh" };

interface Line {
  label: string;
  help?: string;
  placeholder?: string;
  /** What others said: offered while one types. */
  among?: string[];
}

/** A text that is kept when one leaves it or presses Enter. Whoever changes it elsewhere is seen here. */
export function Plain({
  value,
  onSave,
  long = false,
  ...line
}: Line & { value: string | undefined; onSave: (value: string | null) => void; long?: boolean }) {
  const [text, setText] = useState(value ?? "");
  const [known, setKnown] = useState(value);
  if (known !== value) {
    setKnown(value);
    setText(value ?? "");
  }
  const save = () => {
    if (text.trim() !== (value ?? "")) onSave(text.trim() || null);
  };
  const offers = useId();
  const common = {
    label: line.label,
    description: line.help,
    placeholder: line.placeholder,
    value: text,
    onBlur: save,
  };
  if (long) {
    return (
      <Textarea
        {...common}
        autosize
        minRows={2}
        maxRows={8}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    );
  }
  return (
    <>
      <TextInput
        {...common}
        list={line.among && offers}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && !event.nativeEvent.isComposing) save();
        }}
      />
      {line.among && (
        <datalist id={offers}>
          {line.among.map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
      )}
    </>
  );
}

interface Owned {
  owner?: string;
  person?: string;
}

/** Who answers for something: a department (what others on the map are called is offered), and who in it. */
export function Owner({
  map,
  of,
  onSave,
  onCalled,
}: {
  map: MapDocument;
  of: Owned;
  onSave: (fields: { owner?: string | null; person?: string | null }) => void;
  /** A department is called so in both languages, wherever the map names it. */
  onCalled: (field: "departments", names: Both[]) => void;
}) {
  const say = useSay();
  const all: Owned[] = [...map.stages, ...map.steps, ...map.lanes, ...map.cards];
  return (
    <>
      <Named
        label={say("web.maps.edit.owner")}
        value={of.owner}
        names={map.departments}
        among={all.map((one) => one.owner)}
        onSave={(owner) => onSave({ owner })}
        onCalled={(names) => onCalled("departments", names)}
      />
      <Responsible value={of.person} onSave={(person) => onSave({ person })} />
    </>
  );
}

/** What the map names in one place in both languages: a department, or a system. */
export function Named({
  label,
  value,
  names,
  among,
  onSave,
  onCalled,
}: {
  label: string;
  value: string | undefined;
  names: readonly Both[] | undefined;
  among: (string | undefined)[];
  onSave: (name: string | null) => void;
  onCalled: (names: Both[]) => void;
}) {
  const say = useSay();
  const called = (name: string | undefined) => calledIn(names, name, say.lang);
  const both = value
    ? { zh: calledIn(names, value, "zh") ?? "", en: calledIn(names, value, "en") ?? "" }
    : undefined;
  return (
    <Words
      label={label}
      among={[...new Set(among.flatMap((one) => called(one) ?? []))].sort()}
      value={both}
      onSave={(words) => {
        const here = words?.[say.lang] ?? null;
        // Another name in this language is another one; a name in the other language is of the same.
        if (value && words && both && here === both[say.lang]) onCalled(withCalled(names, value, words));
        else onSave(among.find((one) => one && called(one) === here) ?? here);
      }}
    />
  );
}

/** A text in the reader's language; below it what it is in the other, or that it is still to be written. */
export function Words({
  value,
  onSave,
  long = false,
  ...line
}: Line & { value: Both | undefined; onSave: (words: Both | null) => void; long?: boolean }) {
  const say = useSay();
  const other = OTHER[say.lang];
  const [open, setOpen] = useState(false);
  const missing = untranslated(value);
  return (
    <div className={classes.words}>
      <Plain
        {...line}
        long={long}
        value={value?.[say.lang]}
        onSave={(text) => onSave(rewritten(value, say.lang, text ?? ""))}
      />
      {open && value ? (
        <Plain
          label={say(`web.maps.edit.in_${other}`)}
          long={long}
          value={missing === other ? "" : value[other]}
          onSave={(text) => onSave({ ...value, [other]: text ?? value[say.lang] })}
        />
      ) : !value ? (
        // The line is there before it says something: what is below it must not jump while one clicks it.
        <span className={classes.other}>&nbsp;</span>
      ) : (
        <button type="button" className={classes.other} onClick={() => setOpen(true)}>
          {missing
            ? say(`web.maps.edit.missing_${missing}`)
            : value.zh === value.en
              ? say(`web.maps.edit.same_${other}`)
              : `${say(`web.maps.edit.in_${other}`)}${say("web.maps.edit.colon")}${value[other]}`}
        </button>
      )}
    </div>
  );
}

/** One of several. */
export function Choice<V extends string>({
  label,
  value,
  among,
  onSave,
}: {
  label: string;
  value: V;
  among: { value: V; label: string }[];
  onSave: (value: V) => void;
}) {
  return (
    <NativeSelect
      label={label}
      value={value}
      data={among}
      onChange={(event) => onSave(event.currentTarget.value as V)}
    />
  );
}

/** Several short texts. */
export function Several({
  label,
  value,
  among = [],
  help,
  onSave,
}: {
  label: string;
  value: string[] | undefined;
  among?: string[];
  help?: string;
  onSave: (value: string[] | null) => void;
}) {
  return (
    <TagsInput
      label={label}
      description={help}
      value={value ?? []}
      data={among}
      onChange={(all) => onSave(all.length ? all : null)}
      clearable={false}
    />
  );
}
