/** Words in the two languages that are spoken here, and which language a reader reads best. */

export type Say = (key: string, values?: Record<string, string | number>) => string;

export function saying(
  words: { zh: Record<string, string>; en: Record<string, string> },
  language: string,
): Say {
  const spoken = /^zh\b/.test(language) ? words.zh : words.en;
  return (key, values = {}) => {
    const one = values.n === 1 ? spoken[`${key}_one`] : undefined;
    const text = one ?? spoken[key] ?? key;
    return text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ""));
  };
}

/** A language by its own name. */
export function nameOf(language: string): string {
  if (language === "zh") return "中文";
  try {
    const name = new Intl.DisplayNames([language], { type: "language" }).of(language) ?? language;
    return name.charAt(0).toUpperCase() + name.slice(1);
  } catch {
    return language;
  }
}

/** The language of a survey that its reader reads best. */
export function chosenOf(
  languages: readonly string[],
  wishes: readonly (string | null | undefined)[],
): string {
  for (const wish of wishes) {
    const base = wish?.toLowerCase().split("-")[0];
    const found =
      languages.find((one) => one.toLowerCase() === wish?.toLowerCase()) ??
      languages.find((one) => one.toLowerCase().split("-")[0] === base);
    if (found) return found;
  }
  return languages[0] ?? "en";
}
