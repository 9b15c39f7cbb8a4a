import i18n from "i18next";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Key, Lang } from "./key";

export type Values = Record<string, string | number>;

/** Whole numbers with separators; `1` takes the text under `KEY_one`. The same rules as `say` in Python. */
export function filled(values: Values): Record<string, string | number> {
  const told: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(values)) {
    told[name] = typeof value === "number" ? value.toLocaleString("en-US") : value;
  }
  const one = Object.values(values).some((value) => value === 1);
  return { ...told, count: one ? 1 : 2 };
}

/** Says texts in the reader's language. */
export interface Say {
  (key: Key, values?: Values): string;
  /** A text of a key that is made up at run time; what to say where there is none. */
  known: (key: string, otherwise: string, values?: Values) => string;
  lang: Lang;
}

function sayer(lang: Lang): Say {
  const say = (key: Key, values: Values = {}) => i18n.t(key as string, { ...filled(values), lng: lang });
  const known = (key: string, otherwise: string, values: Values = {}) =>
    i18n.exists(key, { lng: lang }) ? i18n.t(key, { ...filled(values), lng: lang, count: 2 }) : otherwise;
  return Object.assign(say, { known, lang });
}

export function useSay(): Say {
  const { i18n: speaking } = useTranslation();
  const lang = (speaking.resolvedLanguage ?? speaking.language) as Lang;
  return useMemo(() => sayer(lang), [lang]);
}
