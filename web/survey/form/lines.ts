/** What is written: texts, numbers, days; and whether somebody agrees. */

import type { Comment, Consent, DateAsked, NumberAsked } from "../definition.ts";
import { asText } from "../logic/values.ts";
import { h, put } from "./dom.ts";
import type { Asking, Field } from "./field.ts";

/** How many characters before the last one it is said how many are left. */
const NEAR = 0.8;

export function comment({ question, answer, id, say, set }: Asking<Comment>): Field {
  const longest = question.longest ?? 2000;
  const left = h("div", { class: "left-over", "aria-live": "polite" });
  const several = question.lines !== "one";
  const line = several
    ? h("textarea", { class: "line", id, rows: 4, oninput: () => written() })
    : h("input", { class: "line", id, type: "text", oninput: () => written() });
  line.value = typeof answer === "string" ? answer : "";
  const count = () => {
    const characters = [...line.value.trim()].length;
    left.textContent = characters > longest * NEAR ? say("characters", { n: characters, most: longest }) : "";
    put(left, "data-over", characters > longest);
  };
  const written = () => {
    count();
    set(line.value || undefined);
  };
  count();
  return { body: h("div", {}, line, left), control: line };
}

export function number({ question, answer, id, text, set }: Asking<NumberAsked>): Field {
  const line = h("input", {
    class: "line number",
    id,
    type: "text",
    autocomplete: "off",
    // The keypads of phones have no minus.
    inputmode: (question.low ?? 0) < 0 ? "text" : question.whole ? "numeric" : "decimal",
    oninput: () => set(numberOf(line.value)),
  });
  line.value = asText(answer) ?? "";
  const unit = text(question.unit);
  return {
    body: h("div", { class: "with-unit" }, line, unit && h("span", { class: "unit" }, unit)),
    control: line,
  };
}

/** The number that was written, full-width digits and a decimal comma too; the text where it is none. */
export function numberOf(written: string): number | string | undefined {
  const plain = written.normalize("NFKC").replace(/\s/g, "").replace("−", "-");
  if (!plain) return undefined;
  const pointed = /^[-+]?\d+,\d+$/.test(plain) ? plain.replace(",", ".") : plain;
  return /^[-+]?(?:\d+\.?\d*|\.\d+)$/.test(pointed) ? Number(pointed) : written;
}

export function day({ question, answer, id, set }: Asking<DateAsked>): Field {
  const line = h("input", {
    class: "line day",
    id,
    type: "date",
    min: question.low,
    max: question.high ?? "9999-12-31",
    onchange: () => set(line.value || undefined),
  });
  line.value = typeof answer === "string" ? answer : "";
  return { body: h("div", {}, line), control: line };
}

export function consent({ answer, id, say, set }: Asking<Consent>): Field {
  const listed = ([true, false] as const).map((agrees) => {
    const input = h("input", { type: "radio", name: id, value: String(agrees), onchange: () => set(agrees) });
    input.checked = answer === agrees;
    return h(
      "label",
      { class: "option" },
      input,
      h("span", { class: "mark round" }),
      h("span", {}, say(agrees ? "agree_to" : "disagree_to")),
    );
  });
  return { body: h("div", { class: "options pair" }, ...listed), stays: true };
}
