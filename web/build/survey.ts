import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { build, type Plugin } from "vite";

const FOLDER = resolve(import.meta.dirname, "../survey");
const WORDS = resolve(import.meta.dirname, "../../src/lvtu/core/words");
/** What each module of words is made of. */
const VIRTUAL: Record<string, string> = {
  "virtual:survey-words": "survey_form",
  "virtual:feedback-words": "feedback_page",
};

/** Gives forms and pages of surveys their words, in both languages: there are few, and a reader may turn from one to the other. */
export function surveyWords(): Plugin {
  return {
    name: "lvtu-survey-words",
    resolveId: (id) => (id in VIRTUAL ? `\0${id}` : undefined),
    load(id) {
      const part = id.startsWith("\0") ? VIRTUAL[id.slice(1)] : undefined;
      if (part === undefined) return undefined;
      const spoken = ["zh", "en"].map((lang) => {
        const file = resolve(WORDS, `${lang}.json`);
        this.addWatchFile(file);
        return [lang, JSON.parse(readFileSync(file, "utf-8"))[part]];
      });
      return `export default ${JSON.stringify(Object.fromEntries(spoken))}`;
    },
  };
}

/** One file of script made of all that an entry needs. */
async function built(entry: string, format: "es" | "iife", define?: Record<string, string>): Promise<string> {
  const made = await build({
    configFile: false,
    logLevel: "warn",
    publicDir: false,
    plugins: [surveyWords()],
    define,
    build: {
      write: false,
      target: "es2020",
      rolldownOptions: {
        input: resolve(FOLDER, entry),
        preserveEntrySignatures: "strict",
        output: { format, codeSplitting: false },
      },
    },
  });
  const outputs = (Array.isArray(made) ? made : [made]).flatMap((one) => ("output" in one ? one.output : []));
  return outputs.map((one) => (one.type === "chunk" ? one.code : "")).join("");
}

/**
 * Adds to the build what surveys need, none of it of the app: the form with its styles in one module, the page that
 * shows nothing else, the page of feedback, which loads the form once somebody writes, and the script by which websites
 * include it, `/lvtu-survey.js`.
 */
export function survey(): Plugin {
  return {
    name: "lvtu-survey",
    apply: "build",
    async generateBundle() {
      const emit = (name: string, source: string) => this.emitFile({ type: "asset", name, source });
      const form = this.getFileName(emit("survey.js", await built("index.ts", "es")));
      const start = `import{page}from"/${form}";page(document.getElementById("survey"));`;
      const entry = this.getFileName(emit("survey-page.js", start));
      const html = readFileSync(resolve(FOLDER, "page.html"), "utf-8");
      const page = (fileName: string, title: string, preload: string, script: string) => {
        const named = { title, preload: `/${preload}`, script: `/${script}` };
        const source = html.replace(/%(\w+)%/g, (_, name: keyof typeof named) => named[name]);
        this.emitFile({ type: "asset", fileName, source });
      };
      page("survey.html", "Survey", form, entry);
      const known = { __SURVEY_FORM__: JSON.stringify(form) };
      const list = this.getFileName(emit("door.js", await built("feedback/index.ts", "es", known)));
      const begin = `import{feedback}from"/${list}";feedback(document.getElementById("survey"));`;
      page("feedback.html", "Feedback", list, this.getFileName(emit("page-of-door.js", begin)));
      const script = await built("embed.ts", "iife", known);
      this.emitFile({ type: "asset", fileName: "lvtu-survey.js", source: script });
    },
  };
}
