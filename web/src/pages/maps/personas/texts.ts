import type { Lang } from "@/words/key";
import type { Both } from "./usePersonas";

/** A text in one language; the other follows as long as it says the same, or nothing. */
export function told(before: Both | null | undefined, lang: Lang, text: string): Both {
  const other: Lang = lang === "zh" ? "en" : "zh";
  const follows = !before?.[other] || before[other] === before[lang];
  return { zh: text, en: text, [other]: follows ? text : before[other] } as Both;
}

/** Texts that stand one a line; each keeps what it says in the other language by its place. */
export function lines(before: Both[] | undefined, lang: Lang, text: string): Both[] {
  return text.split("\n").map((line, place) => told(before?.[place], lang, line));
}

/** Texts as lines. */
export function asLines(some: Both[] | undefined, lang: Lang): string {
  return (some ?? []).map((one) => one[lang]).join("\n");
}

/** Without what says nothing in either language. */
export function said(some: Both[] | undefined): Both[] {
  return (some ?? []).filter((one) => one.zh.trim() || one.en.trim());
}

/** A key made of a name, none of those that are taken. */
export function keyOf(name: string, taken: string[]): string {
  const plain = name
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 40);
  const base = plain || "persona";
  let key = base;
  for (let turn = 2; taken.includes(key); turn += 1) key = `${base}-${turn}`;
  return key;
}
