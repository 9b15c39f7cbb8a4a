/** Writing on the page of feedback: the form of the survey, loaded when somebody begins. */

import { h } from "../form/dom.ts";
import type { Mounted } from "../form/mount.ts";
import type * as Form from "../index.ts";
import type { FeedbackKind } from "./door.ts";
import { speak } from "./words.ts";

export class Writing {
  readonly place = h("div", { class: "place" });
  /** What is to happen when somebody closes the form. */
  left = () => {};
  private readonly link: string;
  private mounted?: Mounted;

  constructor(link: string) {
    this.link = link;
  }

  /** Whether somebody is at it; then they read on in this language. */
  under(language: string): boolean {
    if (this.mounted && this.mounted.form.element.lang !== language) this.mounted.form.speak(language);
    return this.mounted !== undefined;
  }

  /** Open the form for what somebody chose to say; null where the survey does not ask. */
  async begin(kind: FeedbackKind | null, language: string): Promise<void> {
    const { place, link } = this;
    place.setAttribute("aria-busy", "true");
    try {
      const form: typeof Form = await import(
        /* @vite-ignore */ new URL(`/${__SURVEY_FORM__}`, location.href).href
      );
      const service = new form.Service(location.href, link);
      const found = await service.survey(null, language);
      const asked = new URLSearchParams(location.search);
      const host = h("div", {});
      place.replaceChildren(host);
      this.mounted = form.open(host, {
        service,
        link,
        found,
        said: {
          touchpoint: asked.get("touchpoint") ?? undefined,
          step: asked.get("step") ?? undefined,
          channel: asked.get("channel") ?? "web",
        },
        frame: "inline",
        language,
        chosen: true,
        answers: kind ? { kind } : {},
        close: () => this.end(),
      });
      this.mounted.form.element.querySelector<HTMLElement>("[data-first]")?.focus();
    } catch {
      place.replaceChildren(h("p", { class: "wrong", role: "alert" }, speak(language)("offline_why")));
      this.left();
    }
    place.removeAttribute("aria-busy");
  }

  private end(): void {
    this.mounted?.end();
    this.mounted = undefined;
    this.place.replaceChildren();
    this.left();
  }
}
