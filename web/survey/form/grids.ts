/** Questions of several parts: the rows of a matrix, the statements of SERVQUAL, the two halves of Kano. */

import { endsOf, HALVES, KANO, type Kano, type Matrix, type Servqual, SIDES } from "../definition.ts";
import { isObject, own } from "../logic/values.ts";
import { h } from "./dom.ts";
import type { Asking, Field } from "./field.ts";
import { scale } from "./scale.ts";

/** A group of radio buttons within a question, named by the text beside it. */
function row(id: string, part: string, text: string, ...inside: HTMLElement[]): HTMLElement {
  const label = `${id}-${part}-of`;
  return h(
    "div",
    { class: "row", role: "radiogroup", "aria-labelledby": label, "data-part": part },
    h("div", { class: "of", id: label }, text),
    ...inside,
  );
}

/** What has been answered so far, with one part more. */
function grown(answer: unknown, key: string, value: unknown): Record<string, unknown> {
  return { ...(isObject(answer) ? answer : {}), [key]: value };
}

export function matrix(asking: Asking<Matrix>): Field {
  const { question, sheet, id, text, set } = asking;
  let { answer } = asking;
  const columns = question.columns?.map((one) => ({ key: one.key, text: text(one.text) }));
  const take = (key: string, value: unknown) => {
    answer = grown(answer, key, value);
    set(answer);
  };
  const [low, high] = endsOf(question);
  const head = columns?.map((one) => one.text) ?? [];
  const rows = (sheet.options ?? []).map((one) => {
    const chosen = own(answer, one.key);
    const name = `${id}-${one.key}`;
    const cells = columns
      ? h(
          "div",
          { class: "cells" },
          ...columns.map((column) => cell(name, column, chosen, (value) => take(one.key, value))),
        )
      : scale({ name, low, high, chosen, set: (point) => take(one.key, point) });
    return row(id, one.key, one.text, cells);
  });
  const heads =
    head.length > 0 &&
    h(
      "div",
      { class: "heads", "aria-hidden": "true" },
      h("div", {}),
      ...head.map((one) => h("div", {}, one)),
    );
  const wide = head.length > 0 && head.length <= 7;
  return {
    body: h(
      "div",
      { class: wide ? "grid wide" : "grid", style: `--n:${head.length || high}` },
      heads,
      ...rows,
    ),
    stays: true,
  };
}

function cell(
  name: string,
  column: { key: string; text: string },
  chosen: unknown,
  set: (key: string) => void,
): HTMLElement {
  const input = h("input", { type: "radio", name, value: column.key, onchange: () => set(column.key) });
  input.checked = chosen === column.key;
  return h(
    "label",
    { class: "cell" },
    input,
    h("span", { class: "mark round" }),
    h("span", { class: "name" }, column.text),
  );
}

export function servqual(asking: Asking<Servqual>): Field {
  const { question, id, say, text, set } = asking;
  let { answer } = asking;
  const [low, high] = endsOf(question);
  const sides = question.sides ?? SIDES;
  const ends: [string, string] = [say("disagree"), say("agree")];
  const items = question.items.map((item) => {
    const of = `${id}-${item.key}`;
    const lines = sides.map((side) => {
      const chosen = own(own(answer, item.key), side);
      const take = (point: number) => {
        answer = grown(answer, item.key, grown(own(answer, item.key), side, point));
        set(answer);
      };
      const points = scale({ name: `${of}-${side}`, low, high, chosen, ends, set: take });
      return row(of, side, say(side), points);
    });
    return h(
      "div",
      { class: "item", role: "group", "aria-labelledby": `${of}-text`, "data-part": item.key },
      h("div", { class: "statement", id: `${of}-text` }, text(item.text)),
      h("div", { class: "sides" }, ...lines),
    );
  });
  return { body: h("div", { class: "items" }, ...items), stays: true };
}

export function kano(asking: Asking<Kano>): Field {
  const { question, id, say, text, set } = asking;
  let { answer } = asking;
  const halves = HALVES.map((half) => {
    const take = (value: string) => {
      answer = grown(answer, half, value);
      set(answer);
    };
    const cells = KANO.map((key) =>
      cell(`${id}-${half}`, { key, text: say(`kano_${key}`) }, own(answer, half), take),
    );
    return row(id, half, text(question[half]), h("div", { class: "cells" }, ...cells));
  });
  return { body: h("div", { class: "grid pair" }, ...halves), stays: true };
}
