/** One question on the page: its title, its help, its field, and what is wrong with the answer. */

import type { Multi } from "../definition.ts";
import type { Problem } from "../logic/answers.ts";
import type { SheetQuestion } from "../logic/evaluate.ts";
import { h, put, spoken } from "./dom.ts";
import type { Asking, Field } from "./field.ts";
import { fieldOf } from "./fields.ts";
import { hintOf } from "./options.ts";

const CONTROLS = "input, select, textarea, button:not(.clear)";

export class QuestionBlock {
  readonly element: HTMLElement;
  private readonly title: HTMLElement;
  private readonly help: HTMLElement;
  private readonly wrong: HTMLElement;
  private readonly clear: HTMLElement;
  private readonly asking: Asking;
  private field: Field;
  private answer: unknown;

  constructor(asking: Asking) {
    const { id, question, say } = asking;
    this.answer = asking.answer;
    this.asking = { ...asking, set: (answer) => this.take(answer) };
    this.title = h("span", {});
    this.help = h("p", { class: "help", id: `${id}-help` });
    this.wrong = h("p", { class: "wrong", id: `${id}-wrong`, hidden: true });
    this.clear = h("button", { type: "button", class: "clear", onclick: () => this.empty() }, say("clear"));
    this.field = fieldOf(this.asking);
    const named = h("span", { class: "title" }, this.title, question.required ? need(say("required")) : null);
    const label = this.field.control
      ? h("label", { class: "legend", for: id }, named)
      : h("legend", { class: "legend" }, named);
    this.element = h(
      this.field.control ? "div" : "fieldset",
      { class: "question", "data-key": question.key, "data-kind": question.kind },
      label,
      this.help,
      this.field.body,
      h("div", { class: "below" }, this.wrong, this.clear),
    );
    this.write(asking.sheet);
    this.settle();
  }

  /** Whether the field itself would be another one: with other texts of its options. */
  differs(sheet: SheetQuestion): boolean {
    const texts = (one: SheetQuestion) => JSON.stringify([one.asked, one.options, one.sets]);
    return texts(sheet) !== texts(this.asking.sheet);
  }

  /** Say again what is asked: an answer that it repeats has changed. */
  write(sheet: SheetQuestion): void {
    this.title.textContent = sheet.title;
    const { question, say } = this.asking;
    const picks = question.kind === "multi" && hintOf(this.asking as Asking<Multi>);
    this.help.textContent = [sheet.help, picks].filter(Boolean).join(say("between_sentences"));
    this.help.hidden = !this.help.textContent;
    this.describe();
  }

  /** Show what is wrong, at the question and at each of its parts; nothing is with no problems. */
  show(problems: Problem[]): void {
    const { question, say } = this.asking;
    const first = problems[0];
    // Of parts, all that are missing are told: the judge tells those of the first level that lacks any.
    const parts = first?.code === "required" && first.field !== question.key ? this.unanswered() : [];
    const lacking = first?.field.includes(".") ? this.field.missing?.() : undefined;
    const text = lacking
      ? say("wrong_sets", { n: lacking })
      : parts.length
        ? say("wrong_parts", { n: parts.length })
        : first
          ? say(...messageOf(question.kind, first))
          : "";
    this.wrong.textContent = text;
    this.wrong.hidden = !text;
    put(this.element, "data-wrong", !!text);
    for (const row of this.rows()) put(row, "data-wrong", parts.includes(row));
    this.describe();
  }

  private rows(): Element[] {
    return [...this.element.querySelectorAll("[role=radiogroup]")];
  }

  private unanswered(): Element[] {
    return this.rows().filter((row) => !row.querySelector(":checked"));
  }

  /** Go to where an answer is given: what is wrong first. */
  focus(): void {
    this.field.reveal?.();
    const part = this.element.querySelector(`[role=radiogroup][data-wrong] input`);
    const chosen = this.element.querySelector<HTMLElement>("input:checked");
    const first = this.element.querySelector<HTMLElement>(CONTROLS);
    ((part as HTMLElement | null) ?? chosen ?? first)?.focus();
  }

  private take(answer: unknown): void {
    this.answer = answer;
    this.asking.answer = answer;
    this.settle();
    this.outer?.(answer);
  }

  /** Where answers go. */
  outer?: (answer: unknown) => void;

  /** What cannot be unchosen by choosing can be taken back, unless it must be answered. */
  private settle(): void {
    const given = this.answer !== undefined && this.answer !== null;
    this.clear.hidden = !(given && this.field.stays && !this.asking.question.required);
  }

  private empty(): void {
    this.take(undefined);
    const again = fieldOf(this.asking);
    this.field.body.replaceWith(again.body);
    this.field = again;
    this.describe();
    this.focus();
    this.asking.tell(this.asking.say("cleared"));
  }

  private describe(): void {
    const { id } = this.asking;
    const texts = [!this.help.hidden && `${id}-help`, !this.wrong.hidden && `${id}-wrong`].filter(Boolean);
    const named = this.field.control ?? this.element;
    put(named, "aria-describedby", texts.join(" ") || null);
    if (this.field.control) put(named, "aria-invalid", this.wrong.hidden ? null : "true");
  }
}

function need(word: string): HTMLElement {
  return h("span", {}, h("span", { class: "need", "aria-hidden": "true" }, "*"), spoken(`(${word})`));
}

const TELLING = new Set(["too_few", "too_many", "ranks", "outside", "below", "above", "too_long"]);

function messageOf(kind: string, problem: Problem): [string, Record<string, string | number>] {
  const values = problem.values ?? {};
  if (problem.code === "required") {
    return [
      problem.field.includes(".") ? "wrong_other" : kind === "consent" ? "wrong_consent" : "wrong_required",
      values,
    ];
  }
  if (kind === "number" && problem.code === "of_type") return ["wrong_number", values];
  if (problem.code === "outside") return [sideOf(values), values];
  if (TELLING.has(problem.code) || problem.code === "not_whole") return [`wrong_${problem.code}`, values];
  return [problem.code === "not_day" ? "wrong_day" : "wrong_answer", values];
}

/** Of bounds that nobody gave, none is told. */
function sideOf({ low = "", high = "" }: Record<string, string | number>): string {
  if (Math.abs(Number(low)) === 1e15) return "wrong_above";
  return Math.abs(Number(high)) === 1e15 ? "wrong_below" : "wrong_outside";
}
