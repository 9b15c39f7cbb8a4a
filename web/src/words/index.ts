import i18n from "i18next";
import { initReactI18next } from "react-i18next";
import type { Lang } from "./key";

const KEPT = "lvtu.lang";

const LOAD: Record<Lang, () => Promise<{ default: Record<string, unknown> }>> = {
  zh: () => import("virtual:words/zh"),
  en: () => import("virtual:words/en"),
};

/** The language this browser was last set to, else its own, else English. */
export function preferred(): Lang {
  const kept = localStorage.getItem(KEPT);
  if (kept === "zh" || kept === "en") return kept;
  return navigator.language.startsWith("zh") ? "zh" : "en";
}

async function load(lang: Lang): Promise<void> {
  if (i18n.hasResourceBundle(lang, "translation")) return;
  const { default: words } = await LOAD[lang]();
  i18n.addResourceBundle(lang, "translation", words);
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
