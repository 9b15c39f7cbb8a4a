/** One of several options, or some of them, with room for one's own words. */

import { type Multi, OTHER, type Single } from "../definition.ts";
import { isObject } from "../logic/values.ts";
import { h } from "./dom.ts";
import type { Asking, Field } from "./field.ts";

/** From how many options on a list that opens is easier than one that stands there. */
const MANY = 14;

export function single(asking: Asking<Single>): Field {
  const { question, sheet, answer, id, say, set } = asking;
  const own = isObject(answer) ? answer[OTHER] : undefined;
  const words = h("div", { class: "own" });
  const choose = (key: string) => {
    set(key === OTHER ? { [OTHER]: typeof own === "string" ? own : "" } : key || undefined);
    open(key === OTHER);
  };
  const open = (now: boolean) => {
    words.replaceChildren(...(now ? [ownWords(asking, own, (text) => set({ [OTHER]: text }))] : []));
  };
  const options = [...(sheet.options ?? []), ...(question.other ? [{ key: OTHER, text: say("other") }] : [])];
  const chosen = isObject(answer) ? OTHER : answer;
  open(chosen === OTHER);
  if (options.length > MANY) {
    const list = h(
      "select",
      { class: "line", id, onchange: () => choose(list.value) },
      h("option", { value: "" }, say("choose")),
    );
    for (const { key, text } of options) list.append(h("option", { value: key }, text));
    list.value = typeof chosen === "string" ? chosen : "";
    return { body: h("div", {}, list, words), control: list };
  }
  const listed = options.map(({ key, text }) => {
    const input = h("input", { type: "radio", name: id, value: key, onchange: () => choose(key) });
    input.checked = chosen === key;
    return h("label", { class: "option" }, input, h("span", { class: "mark round" }), h("span", {}, text));
  });
  return { body: h("div", { class: "options" }, ...listed, words), stays: true };
}

export function multi(asking: Asking<Multi>): Field {
  const { question, sheet, answer, id, say, set } = asking;
  let chosen: unknown[] = Array.isArray(answer) ? answer : [];
  const keyOf = (one: unknown) => (isObject(one) ? OTHER : one);
  const own = chosen.find(isObject)?.[OTHER];
  const alone = new Set(question.options.filter((one) => one.alone).map((one) => one.key));
  const words = h("div", { class: "own" });
  const inputs: HTMLInputElement[] = [];

  const open = (now: boolean, text?: unknown) => {
    const write = (said: string) => take([...chosen.filter((one) => !isObject(one)), { [OTHER]: said }]);
    if (now !== words.hasChildNodes()) words.replaceChildren(...(now ? [ownWords(asking, text, write)] : []));
  };
  const take = (next: unknown[]) => {
    chosen = next;
    const keys = chosen.map(keyOf);
    for (const input of inputs) input.checked = keys.includes(input.value);
    set(chosen.length ? chosen : undefined);
    open(keys.includes(OTHER));
  };
  /** What stands alone puts the others out, and they it. */
  const turn = (key: string, on: boolean) => {
    const others = chosen.filter((one) => keyOf(one) !== key);
    const kept = alone.has(key) ? [] : others.filter((one) => !alone.has(String(keyOf(one))));
    take(on ? [...kept, key === OTHER ? { [OTHER]: "" } : key] : others);
  };

  const options = [...(sheet.options ?? []), ...(question.other ? [{ key: OTHER, text: say("other") }] : [])];
  const listed = options.map(({ key, text }) => {
    const input = h("input", {
      type: "checkbox",
      name: id,
      value: key,
      onchange: () => turn(key, input.checked),
    });
    input.checked = chosen.map(keyOf).includes(key);
    inputs.push(input);
    return h("label", { class: "option" }, input, h("span", { class: "mark square" }), h("span", {}, text));
  });
  open(chosen.map(keyOf).includes(OTHER), own);
  return { body: h("div", { class: "options" }, ...listed, words) };
}

/** How many may be chosen, where that is not any number. */
export function hintOf({ question, say }: Asking<Multi>): string {
  const least = question.least ?? 1;
  const most = question.most;
  if (most && least === most) return say("pick_exactly", { n: most });
  if (most && least > 1) return say("pick_between", { least, most });
  if (most) return say("pick_most", { n: most });
  return least > 1 ? say("pick_least", { n: least }) : say("pick_any");
}

function ownWords({ say }: Asking, text: unknown, write: (text: string) => void): HTMLElement {
  const line: HTMLInputElement = h("input", {
    class: "line",
    type: "text",
    maxlength: 500,
    "aria-label": say("own_words"),
    placeholder: say("own_words"),
    oninput: () => write(line.value),
  });
  line.value = typeof text === "string" ? text : "";
  return line;
}
