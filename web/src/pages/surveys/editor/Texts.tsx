import { Textarea, TextInput } from "@mantine/core";
import type { Text } from "@survey/definition";
import { nameOf } from "@survey/form/words";
import { optional } from "./definition";
import classes from "./Editor.module.css";

interface Props {
  label: string;
  value: Text | null | undefined;
  languages: readonly string[];
  onChange: (text: Text) => void;
  lines?: number;
  /** Small, without a label that is seen: for options. */
  bare?: boolean;
  wrong?: boolean;
}

/** A text in every language of the survey, side by side. */
export function Texts({ label, value, languages, onChange, lines = 1, bare = false, wrong = false }: Props) {
  return (
    <div className={classes.texts} style={{ "--languages": languages.length } as React.CSSProperties}>
      {languages.map((language) => {
        const named = languages.length > 1 ? `${label} · ${nameOf(language)}` : label;
        const said = value?.[language] ?? "";
        const shared = {
          lang: language,
          size: bare ? ("xs" as const) : ("sm" as const),
          [bare ? "aria-label" : "label"]: named,
          placeholder: bare ? nameOf(language) : undefined,
          value: said,
          error: wrong && !said.trim(),
          onChange: (event: React.ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) =>
            onChange({ ...value, [language]: event.currentTarget.value }),
        };
        return lines > 1 ? (
          <Textarea key={language} {...shared} rows={lines} />
        ) : (
          <TextInput key={language} {...shared} />
        );
      })}
    </div>
  );
}

/** The same, of a text that may be missing. */
export function MaybeTexts({
  onChange,
  ...rest
}: Omit<Props, "onChange"> & { onChange: (text?: Text) => void }) {
  return <Texts {...rest} onChange={(text) => onChange(optional(text))} />;
}

/** A small heading that opens what is seldom needed. */
export function Fold({
  title,
  children,
  open,
}: {
  title: string;
  children: React.ReactNode;
  open?: boolean;
}) {
  return (
    <details className={classes.fold} open={open}>
      <summary>{title}</summary>
      <div className={classes.folded}>{children}</div>
    </details>
  );
}
