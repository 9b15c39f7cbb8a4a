import words from "virtual:feedback-words";
import type { Text } from "../definition.ts";
import { type Say, saying } from "../form/speaking.ts";

/** What the page of feedback says. */
export const speak = (language: string): Say => saying(words, language);

/** A text in a language, or in one that it has; and which one that is. */
export function inOne(text: Text, language: string): { text: string; lang: string } {
  const base = language.split("-")[0] ?? language;
  const lang = [language, base].find((one) => text[one]) ?? Object.keys(text)[0] ?? language;
  return { text: text[lang] ?? "", lang };
}

export function dayOf(time: string, language: string): string {
  // A bare day is that day everywhere; a time is one by the reader's clock.
  const utc = time.length === 10;
  return new Intl.DateTimeFormat(language, { dateStyle: "medium", timeZone: utc ? "UTC" : undefined }).format(
    new Date(time),
  );
}
