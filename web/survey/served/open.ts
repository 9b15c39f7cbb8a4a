/** A published survey in a page: taken up where it was left, kept in the browser, sent until the service has it. */

import { languagesOf } from "../definition.ts";
import type { Screen } from "../form/contract.ts";
import { type Mounted, mount } from "../form/mount.ts";
import { chosenOf } from "../form/words.ts";
import type { Public, Said, Service } from "./service.ts";
import { newId, type Remembered, Store } from "./store.ts";

export interface Opened {
  service: Service;
  link: string;
  found: Public;
  said: Said;
  frame: "page" | "inline" | "popover";
  language?: string | null;
  close?: () => void;
  /** The language is chosen on the page around it: it counts more than that of a response begun before. */
  chosen?: boolean;
  /** What was answered on the page around it. */
  answers?: Record<string, unknown>;
}

export function open(host: HTMLElement, opened: Opened): Mounted {
  const { service, link, found, said, frame, close } = opened;
  const { survey, version, theme } = found;
  const store = new Store(link, said.invitation ?? null);
  const before = store.read();
  // A response begun with other words is begun again, but for one that only waits to be sent.
  const taken: Remembered =
    before && (before.version === version || before.waiting || before.done || before.full !== undefined)
      ? before
      : { response: newId(), version, updated: 0 };
  const language = chosenOf(languagesOf(survey), [
    ...(opened.chosen ? [opened.language, taken.language] : [taken.language, opened.language]),
    ...(navigator.languages ?? []),
    found.language,
  ]);
  const remember = (more: Partial<Remembered>) => store.write(Object.assign(taken, more));
  const given = (
    state: "started" | "partial" | "complete",
    answers: Record<string, unknown>,
    lang: string,
  ) => ({
    ...said,
    response: taken.response,
    state,
    answers,
    version: taken.version ?? version,
    language: lang,
  });
  const tell = async (...told: Parameters<typeof given>) => {
    const outcome = await service.tell(given(...told));
    if (outcome?.is !== "closed" || taken.done || taken.waiting) return;
    remember({ answers: undefined, full: outcome.text ?? "" });
    mounted.form.turn("full", outcome.text);
  };
  const used = found.invitation === "used" || taken.done;
  if (!before && !used && found.invitation !== "expired") tell("started", {}, language);

  const again = () => {
    store.forget();
    mounted.end();
    Object.assign(mounted, open(host, opened));
  };
  const send = async (answers: Record<string, unknown>, lang: string, waits: () => void, website = "") => {
    remember({ waiting: answers, language: lang });
    const whole = given("complete", answers, lang);
    const outcome = await service.send(website ? { ...whole, website } : whole, () => waits());
    if (outcome.is === "refused") remember({ waiting: undefined });
    else {
      const done = outcome.is === "accepted";
      const follow = done ? outcome.follow : undefined;
      remember({ waiting: undefined, answers: undefined, done, follow });
    }
    if (outcome.is === "closed" && outcome.full) remember({ full: outcome.text ?? "" });
    return outcome;
  };
  const mounted = mount(host, {
    survey,
    response: taken.response,
    start: { answers: { ...taken.answers, ...opened.answers }, at: taken.at, language },
    follow: taken.follow,
    theme,
    frame,
    within: frame !== "page",
    spoken: opened.chosen,
    close,
    again: said.invitation ? undefined : again,
    ended: taken.full,
    screen: taken.waiting ? "waiting" : taken.full !== undefined ? "full" : used ? "thanks" : screenOf(found),
    onProgress: (progress, turned) => {
      remember(progress);
      if (turned) tell("partial", progress.answers, progress.language);
    },
    send,
    upload: (question, file) => service.upload(taken.response, question, file),
  });
  if (taken.waiting) {
    send(taken.waiting, language, () => undefined).then((outcome) => {
      if (outcome.is === "accepted") mounted.form.thank(outcome.follow);
      else mounted.form.turn(outcome.is === "closed" ? "closed" : "pages");
    });
  }
  return mounted;
}

function screenOf(found: Public): Screen {
  return found.invitation === "expired" || found.invitation === "wrong" ? "closed" : "pages";
}
