import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Plugin } from "vite";

const LIST = resolve(import.meta.dirname, "../src/theme/mantine.css");
const COMPONENT = /@mantine\/core\/.*\/(\w+)\.module\.mjs$/;

/** Fails a build with a component of Mantine whose styles are not in the list: it would stand there unstyled. */
export function styled(): Plugin {
  return {
    name: "lvtu-styled",
    apply: "build",
    generateBundle(_options, bundle) {
      const listed = readFileSync(LIST, "utf-8");
      const modules = Object.values(bundle).flatMap((one) =>
        one.type === "chunk" ? Object.keys(one.modules) : [],
      );
      const used = new Set(
        modules.map((path) => COMPONENT.exec(path)?.[1]).filter((name) => name !== undefined),
      );
      const missing = [...used].filter((name) => !listed.includes(`/styles/${name}.css`));
      if (missing.length) this.error(`src/theme/mantine.css lacks the styles of ${missing.join(", ")}`);
    },
  };
}
