import type english from "../../../src/lvtu/core/words/en.json";
import type { SECTIONS } from "./sections";

type Spoken = Pick<typeof english, (typeof SECTIONS)[number]>;
type Paths<T> = {
  [K in keyof T & string]: T[K] extends string ? K : `${K}.${Paths<T[K]>}`;
}[keyof T & string];

/** The path of a text that exists, such as `web.shell.overview`; a misspelt one does not compile. */
export type Key = Paths<Spoken>;

export type Lang = "zh" | "en";
export const LANGS = ["zh", "en"] as const satisfies readonly Lang[];
