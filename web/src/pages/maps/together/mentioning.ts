interface Person {
  id: string;
  name: string;
}

/** What stands behind an `@` that is being typed before the caret; null where none is. */
export function asked(text: string, caret: number): string | null {
  return /(?:^|[\s,.;:!?，。；：！？、（(])@([^\s@]{0,40})$/u.exec(text.slice(0, caret))?.[1] ?? null;
}

/** The text with the name that was chosen, and where the caret goes then. */
export function completed(text: string, caret: number, name: string): [string, number] {
  const before = text.slice(0, caret).replace(/@[^\s@]*$/u, `@${name} `);
  return [before + text.slice(caret).replace(/^ /, ""), before.length];
}

/** Who is named in a text: of two names that begin alike the longer one. */
export function named(text: string, people: Person[]): string[] {
  let left = text;
  const found: string[] = [];
  for (const one of [...people].sort((a, b) => b.name.length - a.name.length)) {
    if (!one.name || !left.includes(`@${one.name}`)) continue;
    found.push(one.id);
    left = left.replaceAll(`@${one.name}`, " ");
  }
  return found;
}

/** A text in pieces, those that name somebody marked. */
export function pieces(text: string, people: Person[]): { text: string; named: boolean }[] {
  const names = people
    .map((one) => one.name)
    .filter(Boolean)
    .sort((a, b) => b.length - a.length);
  if (names.length === 0) return [{ text, named: false }];
  const pattern = new RegExp(
    `(@(?:${names.map((one) => one.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|")}))`,
    "u",
  );
  return text
    .split(pattern)
    .filter(Boolean)
    .map((piece) => ({ text: piece, named: names.some((one) => piece === `@${one}`) }));
}
