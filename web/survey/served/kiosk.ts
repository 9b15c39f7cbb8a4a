/**
 * A survey on a device that stands somewhere for everybody: `?kiosk=1`. Nothing that one person wrote is there for the
 * next: it begins anew after the end, and after a while in which nobody touched it. What cannot be sent at once is kept
 * on the device until it can, and nobody waits for that.
 */

import { languagesOf } from "../definition.ts";
import type { Outcome, Progress } from "../form/contract.ts";
import type { Form } from "../form/form.ts";
import { type Mounted, mount } from "../form/mount.ts";
import { chosenOf, speaker } from "../form/words.ts";
import type { Opened } from "./open.ts";
import type { Given } from "./service.ts";
import { stillThere } from "./still.ts";
import { newId, Outbox } from "./store.ts";

/** How long the thanks stand. */
const THANKS_MS = 10_000;
/** After so long without a touch somebody is asked whether they are there, for so many seconds. */
const IDLE_MS = 45_000;
const ASKED_S = 15;
/** Nobody stands and waits for longer than that until what they said is sent. */
const PATIENCE_MS = 3_000;

const TOUCHES = ["pointerdown", "keydown", "input", "scroll"] as const;

export function kiosk(host: HTMLElement, opened: Opened, named: (form: Form) => void): void {
  const { service, link, found } = opened;
  const { survey, version, theme } = found;
  const said = { ...opened.said, invitation: undefined, channel: opened.said.channel ?? "kiosk" };
  const first = chosenOf(languagesOf(survey), [opened.language, ...navigator.languages, found.language]);
  const outbox = new Outbox<Given>(link);
  let mounted: Mounted | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let touched = () => {};

  const deliver = (given: Given): Promise<Outcome> =>
    service
      .send(given, () => undefined)
      .then((outcome) => {
        outbox.remove(given.response);
        return outcome;
      });

  const begin = () => {
    clearTimeout(timer);
    mounted?.end();
    const response = newId();
    let progress: Progress | undefined;
    const given = (state: Given["state"], answers: Record<string, unknown>, language: string): Given => ({
      ...said,
      response,
      state,
      answers,
      version,
      language,
    });

    const send = async (
      answers: Record<string, unknown>,
      language: string,
      _: () => void,
      website: string,
    ): Promise<Outcome> => {
      const whole = given("complete", answers, language);
      if (website) whole.website = website;
      outbox.put(whole);
      const outcome = await Promise.race([
        deliver(whole),
        new Promise<Outcome>((done) => setTimeout(() => done({ is: "accepted" }), PATIENCE_MS)),
      ]);
      if (outcome.is === "refused") return outcome;
      progress = undefined;
      touched = () => {};
      clearTimeout(timer);
      timer = setTimeout(begin, THANKS_MS);
      return outcome.is === "accepted" ? { is: "accepted" } : outcome;
    };

    const leave = () => {
      if (progress && Object.keys(progress.answers).length)
        service.tell(given("partial", progress.answers, progress.language));
      begin();
    };
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(ask, IDLE_MS);
    };
    const ask = () => {
      const outer = mounted?.form.element.parentElement;
      if (!outer) return;
      touched = () => {};
      const say = speaker(mounted?.form.element.lang ?? first);
      stillThere(outer, say, ASKED_S, (there) => {
        if (!there) return leave();
        touched = wait;
        wait();
      });
    };

    mounted = mount(host, {
      survey,
      response,
      start: { language: first },
      theme,
      frame: "kiosk",
      again: begin,
      againWord: "kiosk_done",
      onProgress: (now, turned) => {
        if (!progress) service.tell(given("started", {}, now.language));
        else if (turned) service.tell(given("partial", now.answers, now.language));
        progress = now;
        touched = wait;
        wait();
      },
      send,
    });
    named(mounted.form);
    scrollTo(0, 0);
  };

  for (const touch of TOUCHES) addEventListener(touch, () => touched(), { capture: true, passive: true });
  for (const given of outbox.all()) deliver(given);
  begin();
}
