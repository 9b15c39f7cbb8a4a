import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Plugin } from "vite";
import { SECTIONS } from "../src/words/sections.ts";

const FOLDER = resolve(import.meta.dirname, "../../src/lvtu/core/words");
const PREFIX = "virtual:words/";

/** Gives the app the sections it needs of the words that it shares with Python, a module per language. */
export function words(): Plugin {
  const fileOf = (id: string) => resolve(FOLDER, `${id.slice(PREFIX.length + 1)}.json`);
  return {
    name: "lvtu-words",
    resolveId: (id) => (id.startsWith(PREFIX) ? `\0${id}` : undefined),
    load(id) {
      if (!id.startsWith(`\0${PREFIX}`)) return undefined;
      const file = fileOf(id);
      this.addWatchFile(file);
      const all = JSON.parse(readFileSync(file, "utf-8")) as Record<string, unknown>;
      const taken = Object.fromEntries(SECTIONS.map((section) => [section, all[section]]));
      return `export default ${JSON.stringify(taken)}`;
    },
  };
}
