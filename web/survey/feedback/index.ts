/**
 * The public page of feedback, `/f/{link}`: where people say something, read what was published and what was done, and
 * vote; and `/f/{link}/{token}`, where one of them reads what became of what they said. It loads the form once somebody
 * writes.
 */

import { h } from "../form/dom.ts";
import { dress, look } from "../form/dress.ts";
import { chosenOf, nameOf } from "../form/speaking.ts";
import { themeOf } from "../form/theme.ts";
import css from "../styles/feedback.css?inline";
import { type Door, Missing, Service } from "./door.ts";
import { followed } from "./followed.ts";
import { listed } from "./listed.ts";
import { speak } from "./words.ts";
import { Writing } from "./writing.ts";

export async function feedback(host: HTMLElement): Promise<void> {
  const [, , link = "", token] = location.pathname.split("/").map(decodeURIComponent);
  const wish = new URLSearchParams(location.search).get("lang");
  const service = new Service(location.href, link);
  host.setAttribute("aria-busy", "true");
  try {
    if (token) {
      const piece = await service.piece(token, wish ?? navigator.language);
      show(host, piece, wish, (language) => followed(piece, language, link));
    } else {
      const door = await service.door(wish ?? navigator.language);
      const writing = new Writing(link);
      show(host, door, wish, (language) => listed(door, language, service, writing));
    }
  } catch (error) {
    failed(host, error, () => feedback(host));
  }
  host.removeAttribute("aria-busy");
}

/** The page in one language, and a way to the other ones. */
function show(
  host: HTMLElement,
  door: Pick<Door, "title" | "languages" | "language" | "theme">,
  wish: string | null,
  inside: (language: string) => Node[],
): void {
  const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  const outer = h("div", { class: "lvtu feedback" });
  for (const [name, value] of Object.entries(themeOf(door.theme.accent)))
    outer.style.setProperty(name, value);
  look(door.theme, [outer, host]);
  const draw = (language: string) => {
    const say = speak(language);
    document.documentElement.lang = language;
    document.title = door.title[language] ?? say("title");
    const others = door.languages.filter((one) => one !== language);
    const turn = (other: string) => () => {
      draw(other);
      outer.querySelector<HTMLElement>(".language")?.focus();
    };
    outer.lang = language;
    outer.replaceChildren(
      h(
        "header",
        {},
        door.theme.logo ? h("img", { class: "logo", src: door.theme.logo, alt: "" }) : null,
        h(
          "div",
          { class: "languages" },
          ...others.map((one) =>
            h("button", { type: "button", class: "language", lang: one, onclick: turn(one) }, nameOf(one)),
          ),
        ),
      ),
      ...inside(language),
    );
  };
  draw(chosenOf(door.languages, [wish, ...navigator.languages, door.language]));
  root.replaceChildren(outer);
  dress(root, css);
}

/** There is no such page, or no connection: then it is tried again as soon as there is one. */
function failed(host: HTMLElement, error: unknown, again: () => void): void {
  const say = speak(navigator.language);
  document.documentElement.lang = navigator.language.startsWith("zh") ? "zh" : "en";
  const gone = error instanceof Missing;
  host.replaceChildren(
    h("h1", {}, say(gone ? "gone" : "offline")),
    h("p", {}, say(gone ? "gone_why" : "offline_why")),
  );
  if (gone) return;
  host.append(h("button", { type: "button", onclick: again }, say("retry")));
  addEventListener("online", again, { once: true });
}
