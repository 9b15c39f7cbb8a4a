import { resolve } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { packed } from "./build/packed.ts";
import { sdk } from "./build/sdk.ts";
import { styled } from "./build/styled.ts";
import { survey, surveyWords } from "./build/survey.ts";
import { words } from "./build/words.ts";

// The service serves what stands here; the wheel holds it too.
const OUT = resolve(import.meta.dirname, "../src/lvtu/service/web");
const SERVICE = process.env.LVTU_SERVICE ?? "http://127.0.0.1:8077";

export default defineConfig({
  plugins: [react(), words(), styled(), sdk(), surveyWords(), survey(), packed(OUT)],
  resolve: {
    alias: { "@": resolve(import.meta.dirname, "src"), "@survey": resolve(import.meta.dirname, "survey") },
  },
  build: {
    outDir: OUT,
    emptyOutDir: true,
    manifest: "manifest.json",
    target: "es2022",
    // A file inlined as a data: address would need a weaker content security policy.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // Left alone, the bundler makes a file of each set of modules that the same pages share: a page asks for a
          // hundred, most below a kilobyte. All that begins is one file, and what many pages share another.
          groups: [
            { name: "app", tags: ["$initial"], priority: 1 },
            { name: "common", test: (id) => !/echarts|zrender|virtual:/.test(id), minShareCount: 8 },
          ],
        },
      },
    },
  },
  server: { proxy: { "/api": SERVICE, "/open": SERVICE } },
});
