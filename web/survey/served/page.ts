/** The page `/s/{link}`: a survey and nothing else. */

import { h } from "../form/dom.ts";
import { speaker } from "../form/words.ts";
import { open } from "./open.ts";
import { Gone, type Said, Service } from "./service.ts";

const TOLD = { i: "invitation", t: "touchpoint", s: "step", c: "channel" } as const;

/** What the address says beside the survey: who was asked, where, and whatever the survey lets a link say. */
function saidBy(asked: URLSearchParams, hidden: readonly string[]): Said {
  const said: Said = {};
  for (const [short, name] of Object.entries(TOLD)) {
    const value = asked.get(short) ?? asked.get(name);
    if (value) said[name as (typeof TOLD)[keyof typeof TOLD]] = value;
  }
  const more = hidden.filter((name) => asked.get(name)).map((name) => [name, asked.get(name)]);
  if (more.length) said.hidden = Object.fromEntries(more);
  return said;
}

export async function page(host: HTMLElement): Promise<void> {
  const link = decodeURIComponent(location.pathname.split("/")[2] ?? "");
  const asked = new URLSearchParams(location.search);
  const wish = asked.get("lang");
  const service = new Service(location.href, link);
  const invitation = saidBy(asked, []).invitation ?? null;
  host.setAttribute("aria-busy", "true");
  try {
    const found = await service.survey(invitation, wish ?? navigator.language);
    const said = saidBy(asked, found.survey.hidden ?? []);
    const mounted = open(host, { service, link, found, said, frame: "page", language: wish });
    const named = () => {
      const { lang } = mounted.form.element;
      document.documentElement.lang = lang;
      document.title = found.survey.title[lang] ?? document.title;
    };
    named();
    new MutationObserver(named).observe(mounted.form.element, { attributeFilter: ["lang"] });
  } catch (error) {
    failed(host, error, () => page(host));
  }
  host.removeAttribute("aria-busy");
}

/** There is no such survey, or no connection: then it is tried again as soon as there is one. */
function failed(host: HTMLElement, error: unknown, again: () => void): void {
  const language = navigator.language;
  document.documentElement.lang = language.startsWith("zh") ? "zh" : "en";
  const say = speaker(language);
  const gone = error instanceof Gone;
  host.replaceChildren(
    h("h1", {}, say(gone ? "gone" : "offline")),
    h("p", {}, gone ? error.message || say("gone_why") : say("offline_why")),
  );
  if (gone) return;
  host.append(h("button", { type: "button", onclick: again }, say("retry")));
  addEventListener("online", again, { once: true });
}
