import type { Words } from "@/hooks/useBoards";
import type { Lang } from "@/words/key";

/** A text changed in one language; the other follows where it said the same, or nothing. */
export function worded(before: Words | null, lang: Lang, text: string): Words {
  if (!before || before.zh === before.en) return { zh: text, en: text };
  return { ...before, [lang]: text };
}
