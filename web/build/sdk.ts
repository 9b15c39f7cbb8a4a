import { resolve } from "node:path";
import { build, type Plugin } from "vite";

const ENTRY = resolve(import.meta.dirname, "../sdk/lvtu.ts");

/** Adds the script that websites include to the build: one file that needs no other, `/lvtu.js`. */
export function sdk(): Plugin {
  return {
    name: "lvtu-sdk",
    apply: "build",
    buildStart() {
      this.addWatchFile(ENTRY);
    },
    async generateBundle() {
      const built = await build({
        configFile: false,
        logLevel: "warn",
        publicDir: false,
        build: {
          write: false,
          target: "es2020",
          lib: { entry: ENTRY, formats: ["iife"], name: "lvtuScript", fileName: () => "lvtu.js" },
        },
      });
      const bundles = Array.isArray(built) ? built : [built];
      for (const bundle of bundles) {
        if (!("output" in bundle)) continue;
        for (const part of bundle.output) {
          if (part.type === "chunk") this.emitFile({ type: "asset", fileName: "lvtu.js", source: part.code });
        }
      }
    },
  };
}
