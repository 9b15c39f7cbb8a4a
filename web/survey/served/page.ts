/** The page `/s/{link}`: a survey and nothing else. */

import { h } from "../form/dom.ts";
import type { Form } from "../form/form.ts";
import { speaker } from "../form/words.ts";
import { kiosk } from "./kiosk.ts";
import { type Opened, open } from "./open.ts";
import { Gone, type Said, Service } from "./service.ts";

const NAMES = ["invitation", "touchpoint", "step", "channel"] as const;

/** What the address says beside the survey: who was asked, where, and whatever the survey lets a link say. */
function saidBy(asked: URLSearchParams, hidden: readonly string[]): Said {
  const said: Said = {};
  for (const name of NAMES) said[name] = asked.get(name) || undefined;
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
    const opened: Opened = { service, link, found, said, frame: "page", language: wish };
    const named = (form: Form) => {
      const name = () => {
        const { lang } = form.element;
        document.documentElement.lang = lang;
        document.title = found.survey.title[lang] ?? document.title;
      };
      name();
      new MutationObserver(name).observe(form.element, { attributeFilter: ["lang"] });
    };
    if (asked.get("kiosk") === "1") kiosk(host, opened, named);
    else named(open(host, opened).form);
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
