import i18n from "i18next";
import { initReactI18next } from "react-i18next";
import type { Lang } from "./key";

const KEPT = "lvtu.lang";

type Load = Record<Lang, () => Promise<{ default: Record<string, unknown> }>>;

const LOAD: Load = { zh: () => import("virtual:words/zh"), en: () => import("virtual:words/en") };
const LOAD_LATER: Load = {
  zh: () => import("virtual:words/zh/later"),
  en: () => import("virtual:words/en/later"),
};

const loaded = new Set<Load[Lang]>();
let all = false;

/** The language this browser was last set to, else its own, else English. */
export function preferred(): Lang {
  const kept = localStorage.getItem(KEPT);
  if (kept === "zh" || kept === "en") return kept;
  return navigator.language.startsWith("zh") ? "zh" : "en";
}

async function load(lang: Lang): Promise<void> {
  const missing = [LOAD[lang], ...(all ? [LOAD_LATER[lang]] : [])].filter((one) => !loaded.has(one));
  for (const one of missing) {
    const { default: words } = await one();
    i18n.addResourceBundle(lang, "translation", words, true);
    loaded.add(one);
  }
}

/**
 * Have the words of the pages that not everybody opens, in the language spoken and in any later one.
 *
 * Where such a page is the first one, no language is spoken yet: then they come with the first words.
 */
export async function allWords(): Promise<void> {
  all = true;
  if (i18n.language) await load(i18n.language as Lang);
}

/** Be ready to speak before the first paint. */
export async function start(): Promise<void> {
  await i18n.use(initReactI18next).init({
    resources: {},
    lng: preferred(),
    interpolation: { prefix: "{", suffix: "}", escapeValue: false },
    react: { useSuspense: false },
    returnNull: false,
  });
  await speak(preferred());
}

/** Speak a language from now on. */
export async function speak(lang: Lang): Promise<void> {
  await load(lang);
  await i18n.changeLanguage(lang);
  document.documentElement.lang = lang;
  localStorage.setItem(KEPT, lang);
}
