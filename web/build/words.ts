import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Plugin } from "vite";
import { LATER, SECTIONS } from "../src/words/sections.ts";

const FOLDER = resolve(import.meta.dirname, "../../src/lvtu/core/words");
const PREFIX = "virtual:words/";

const REST = "/later";

/** Gives the app the sections it needs of the words that it shares with Python, two modules per language. */
export function words(): Plugin {
  const fileOf = (id: string) => resolve(FOLDER, `${id.slice(PREFIX.length + 1).replace(REST, "")}.json`);
  return {
    name: "lvtu-words",
    resolveId: (id) => (id.startsWith(PREFIX) ? `\0${id}` : undefined),
    load(id) {
      if (!id.startsWith(`\0${PREFIX}`)) return undefined;
      const file = fileOf(id);
      this.addWatchFile(file);
      const all = JSON.parse(readFileSync(file, "utf-8")) as Record<string, Record<string, unknown>>;
      const later = id.endsWith(REST);
      const web = Object.entries(all.web ?? {}).filter(([part]) => LATER.includes(part) === later);
      const taken = Object.fromEntries(SECTIONS.map((section) => [section, all[section]]));
      return `export default ${JSON.stringify({ ...(later ? {} : taken), web: Object.fromEntries(web) })}`;
    },
  };
}
