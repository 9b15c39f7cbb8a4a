/** The page of one who said something: what it was, what happened since, and the answer. */

import { h } from "../form/dom.ts";
import type { Piece } from "./door.ts";
import { answered } from "./listed.ts";
import { dayOf, speak } from "./words.ts";

export function followed(piece: Piece, language: string, link: string): Node[] {
  const say = speak(language);
  const steps = [
    { word: "received", at: piece.came },
    ...piece.steps.map(({ status, at }) => ({ word: `step_${status}`, at })),
  ];
  const closed = piece.status === "done" || piece.status === "declined";
  return [
    h(
      "section",
      { class: "ask" },
      h("h1", {}, say("follow_title")),
      h("p", { class: "lead" }, say("follow_keep")),
    ),
    h(
      "section",
      { class: "card" },
      h("p", { class: "small" }, say(`said_${piece.kind}`)),
      h("blockquote", {}, piece.words),
      answered(piece.answer, language, say(piece.status === "done" ? "we_did" : "our_answer")),
      piece.answer || closed ? null : h("p", { class: "lead" }, say("waits")),
      h(
        "ol",
        { class: "steps" },
        ...steps.map(({ word, at }, place) =>
          h(
            "li",
            { "aria-current": place === steps.length - 1 && "step" },
            h("span", {}, say(word)),
            h("time", { datetime: at }, dayOf(at, language)),
          ),
        ),
      ),
    ),
    h("p", { class: "all" }, h("a", { href: `/f/${encodeURIComponent(link)}` }, say("to_all"))),
  ];
}
