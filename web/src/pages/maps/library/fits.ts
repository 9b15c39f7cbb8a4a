import type { LibraryMap } from "./useLibrary";

export interface Wanted {
  words: string;
  status: string | null;
  owner: string | null;
  tag: string | null;
}

/** Whether a map is among those that are looked for: every word stands in its title, owner, tags or step. */
export function fits(map: LibraryMap, { words, status, owner, tag }: Wanted): boolean {
  const said = [map.title, map.owner, map.step, ...map.tags].filter(Boolean).join(" ").toLocaleLowerCase();
  return (
    words
      .toLocaleLowerCase()
      .split(/\s+/)
      .every((word) => said.includes(word)) &&
    (!status || map.status === status) &&
    (!owner || map.owner === owner) &&
    (!tag || map.tags.includes(tag))
  );
}

/** Maps by what is wrong with their numbers, the most first; those that nobody looked at yet come last. */
export function stalest<M extends Pick<LibraryMap, "stands">>(maps: M[]): M[] {
  const wrong = ({ stands }: M) => (stands ? [stands.stale, stands.missed] : [-1, -1]);
  return [...maps].sort((a, b) => {
    const [stale = 0, missed = 0] = wrong(a);
    const [other = 0, others = 0] = wrong(b);
    return other - stale || others - missed;
  });
}
