/** The page for everybody: what one may say, what was done, and what people ask for. */

import { drawing, h, put } from "../form/dom.ts";
import type { Say } from "../form/speaking.ts";
import type { Door, FeedbackKind, Idea, Service } from "./door.ts";
import { inOne, speak } from "./words.ts";
import type { Writing } from "./writing.ts";

const AT_FIRST = 4;
const SIGNS: Record<FeedbackKind, string[]> = {
  idea: ["M9 18h6M10 21h4M12 3a6 6 0 0 0-3.6 10.8c.7.6 1.1 1.3 1.1 2.2h5c0-.9.4-1.6 1.1-2.2A6 6 0 0 0 12 3z"],
  complaint: ["M12 8v5M12 16.5v.01M4 5h16v12h-7l-4 3.5V17H4z"],
  praise: ["M12 20s-7.5-4.6-7.5-10.2A4.3 4.3 0 0 1 12 7.3a4.3 4.3 0 0 1 7.5 2.5C19.5 15.4 12 20 12 20z"],
  other: ["M4 5h16v12h-7l-4 3.5V17H4zM8 11h.01M12 11h.01M16 11h.01"],
};

export function listed(door: Door, language: string, service: Service, writing: Writing): Node[] {
  const say = speak(language);
  const { text: about } = inOne(door.description, language);
  const done = door.ideas.filter((one) => one.status === "done");
  const asked = door.ideas
    .filter((one) => one.status !== "done" && one.status !== "declined")
    .sort((one, other) => other.votes - one.votes);
  const declined = door.ideas.filter((one) => one.status === "declined");
  return [
    h(
      "section",
      { class: "ask", "aria-labelledby": "ask" },
      h("h1", { id: "ask" }, inOne(door.title, language).text || say("title")),
      about ? h("p", { class: "lead" }, about) : null,
      ...(door.open ? asking(door, language, writing, say) : [h("p", { class: "lead" }, say("closed"))]),
    ),
    part(say("did_title"), "", done, (one) => did(one, language, say), say),
    part(say("ideas_title"), say("ideas_why"), asked, (one) => idea(one, language, say, service), say),
    part(say("declined_title"), "", declined, (one) => did(one, language, say), say),
    door.ideas.length
      ? null
      : h("section", { class: "none" }, h("h2", {}, say("none")), h("p", {}, say("none_why"))),
  ].filter((one) => one !== null);
}

/** What one may say: a button for each; the form takes their place, and stays where the language is changed. */
function asking(door: Door, language: string, writing: Writing, say: Say): Node[] {
  const kinds: (FeedbackKind | null)[] = door.kinds.length ? door.kinds : [null];
  const write = (kind: FeedbackKind | null) => {
    choice.hidden = true;
    writing.begin(kind, language);
  };
  const choice = h(
    "div",
    { class: "kinds", role: "group", "aria-label": say("say_it") },
    ...kinds.map((kind) =>
      h(
        "button",
        { type: "button", class: "kind", onclick: () => write(kind) },
        drawing("icon", ...SIGNS[kind ?? "other"]),
        h("span", {}, say(kind ?? "write")),
      ),
    ),
  );
  choice.hidden = writing.under(language);
  writing.left = () => {
    choice.hidden = false;
    choice.querySelector("button")?.focus();
  };
  return [choice, writing.place];
}

/** A part of the page, of which a few are shown at first. */
function part(
  title: string,
  about: string,
  ideas: Idea[],
  draw: (one: Idea) => HTMLElement,
  say: Say,
): HTMLElement | null {
  if (!ideas.length) return null;
  const list = h("ul", {}, ...ideas.slice(0, AT_FIRST).map(draw));
  const more = h("button", { type: "button", class: "more" }, say("show_all", { n: ideas.length }));
  more.addEventListener("click", () => {
    const rest = ideas.slice(AT_FIRST).map(draw);
    list.append(...rest);
    more.remove();
    put(rest[0] as HTMLElement, "tabindex", -1);
    rest[0]?.focus();
  });
  return h(
    "section",
    { "aria-label": title },
    h("h2", {}, title),
    about ? h("p", { class: "lead" }, about) : null,
    list,
    ideas.length > AT_FIRST ? more : null,
  );
}

/** What was said, in an editor's words, and what came of it. */
function did(one: Idea, language: string, say: Say): HTMLElement {
  const title = inOne(one.title, language);
  return h(
    "li",
    { class: "did", "data-status": one.status },
    h("p", { class: "small" }, say("you_said")),
    h("h3", { lang: title.lang }, title.text),
    ...longer(one, language),
    answered(one.answer, language, say(one.status === "done" ? "we_did" : "our_answer")),
  );
}

/** What people ask for, with its votes. */
function idea(one: Idea, language: string, say: Say, service: Service): HTMLElement {
  const title = inOne(one.title, language);
  const count = h("span", {}, String(one.votes));
  const told = h("p", { class: "spoken", role: "status" });
  let mine = service.votes.key(one.id) !== undefined;
  let busy = false;
  const button = h(
    "button",
    { type: "button", class: "vote", onclick: () => vote() },
    drawing("icon", "M12 6l6 8H6z"),
    count,
  );
  const show = () => {
    put(button, "aria-pressed", String(mine));
    put(
      button,
      "aria-label",
      `${say("vote", { title: title.text })}${say("between")}${say("votes", { n: one.votes })}`,
    );
    count.textContent = String(one.votes);
  };
  const vote = async () => {
    if (busy) return;
    busy = true;
    told.className = "spoken";
    told.textContent = "";
    try {
      one.votes = await service.vote(one.id, !mine);
      mine = !mine;
      told.textContent = say("votes", { n: one.votes });
    } catch {
      told.className = "wrong";
      told.textContent = say("vote_failed");
    }
    busy = false;
    show();
  };
  show();
  return h(
    "li",
    { class: "idea" },
    button,
    h(
      "div",
      {},
      h("h3", { lang: title.lang }, title.text),
      ...longer(one, language),
      h("p", { class: "state", "data-status": one.status }, say(one.status)),
      answered(one.answer, language, say("our_answer")),
      told,
    ),
  );
}

function longer(one: Idea, language: string): HTMLElement[] {
  const { text, lang } = inOne(one.text, language);
  return text ? [h("p", { class: "text", lang }, text)] : [];
}

/** What people are told; nothing where there is no answer yet. */
export function answered(answer: Idea["answer"], language: string, title: string): HTMLElement | null {
  if (!answer) return null;
  const { text, lang } = inOne(answer, language);
  return h(
    "div",
    { class: "answer" },
    h("p", { class: "small" }, title),
    h("p", { class: "text", lang }, text),
  );
}
