/** The best and the worst of a few options, one set after the other. Underneath each end is a group of radio buttons. */

import type { MaxDiff } from "../definition.ts";
import { isObject, own } from "../logic/values.ts";
import { h, put } from "./dom.ts";
import type { Asking, Field } from "./field.ts";

const ENDS = ["best", "worst"] as const;
type End = (typeof ENDS)[number];
type Pair = Partial<Record<End, string>>;

export function maxdiff({ question, sheet, answer, id, say, text, set, tell }: Asking<MaxDiff>): Field {
  const sets = sheet.sets ?? [];
  // Of another design nothing is taken over: its sets are others.
  const before = own(answer, "design") === sheet.design ? own(answer, "sets") : undefined;
  const chosen: Record<string, Pair> = isObject(before)
    ? (structuredClone(before) as Record<string, Pair>)
    : {};
  const names = { best: text(question.best) || say("best"), worst: text(question.worst) || say("worst") };
  const pairOf = (at: number): Pair => chosen[at + 1] ?? {};
  const isWhole = (at: number) => !!(pairOf(at).best && pairOf(at).worst);
  const missing = () => sets.findIndex((_, at) => !isWhole(at));
  let at = Math.max(0, missing());

  const told = h("p", { class: "hint" });
  const rows = h("div", { class: "compared", role: "group", tabindex: -1 });
  const back = h("button", { type: "button", class: "back", onclick: () => turn(at - 1) }, say("set_back"));
  const next = h("button", { type: "button", class: "onward", onclick: () => turn(at + 1) }, say("set_next"));
  const body = h("div", { class: "maxdiff" }, told, rows, h("div", { class: "turns" }, next, back));

  /** What is the best is not the worst as well: the other end is given up. */
  function choose(end: End, key: string): void {
    const other = end === "best" ? "worst" : "best";
    const pair = { ...pairOf(at), [end]: key };
    if (pair[other] === key) delete pair[other];
    chosen[at + 1] = pair;
    for (const input of rows.querySelectorAll("input"))
      input.checked = pair[input.dataset.end as End] === input.value;
    settle();
    set({ design: sheet.design, sets: { ...chosen } });
  }

  function turn(to: number): void {
    at = to;
    draw();
    rows.focus();
    tell(told.textContent ?? "");
  }

  function settle(): void {
    const done = missing() < 0;
    told.textContent = done
      ? say("sets_done", { n: sets.length })
      : say("set_of", { n: at + 1, all: sets.length });
    put(next, "data-ready", isWhole(at));
  }

  function cell(end: End, key: string, name: string): HTMLElement {
    const input = h("input", {
      type: "radio",
      name: `${id}-${at}-${end}`,
      value: key,
      "data-end": end,
      "aria-label": `${names[end]}: ${name}`,
      onchange: () => choose(end, key),
    });
    input.checked = pairOf(at)[end] === key;
    return h("label", { class: "end-of" }, input, h("span", { class: "mark round" }));
  }

  function draw(): void {
    put(rows, "aria-label", say("set_of", { n: at + 1, all: sets.length }));
    rows.replaceChildren(
      h(
        "div",
        { class: "compare heads-of", "aria-hidden": "true" },
        h("span", {}, names.best),
        h("span", {}),
        h("span", {}, names.worst),
      ),
      ...(sets[at] ?? []).map((one) =>
        h(
          "div",
          { class: "compare" },
          cell("best", one.key, one.text),
          h("span", { class: "text" }, one.text),
          cell("worst", one.key, one.text),
        ),
      ),
    );
    back.hidden = at === 0;
    next.hidden = at >= sets.length - 1;
    settle();
  }
  draw();
  return {
    body,
    stays: true,
    missing: () => sets.filter((_, place) => !isWhole(place)).length,
    reveal: () => {
      if (missing() >= 0 && missing() !== at) turn(missing());
    },
  };
}
