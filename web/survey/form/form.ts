/** A survey as people fill it in: page after page, with what is wrong told at the question, to its last words. */

import { languagesOf, type Question, questionsOf, type Text } from "../definition.ts";
import type { Problem } from "../logic/answers.ts";
import { type Evaluated, evaluate, type SheetPage, sheet } from "../logic/evaluate.ts";
import { inLanguage, piped } from "../logic/piping.ts";
import type { FormOptions, Screen } from "./contract.ts";
import { drawing, h, put } from "./dom.ts";
import { followed } from "./followed.ts";
import { QuestionBlock } from "./question.ts";
import { nameOf, type Say, speaker } from "./words.ts";

type Upload = NonNullable<FormOptions["upload"]>;

let forms = 0;

export class Form {
  readonly element = h("div", { class: "form" });
  private readonly live = h("div", { class: "spoken", role: "status" });
  private readonly options: FormOptions;
  private readonly number = ++forms;
  private blocks = new Map<string, QuestionBlock>();
  private answers: Record<string, unknown>;
  private at: number;
  private language: string;
  private say: Say;
  private tried = false;
  private screen: Screen;
  private closedText?: string;
  private sending = false;
  private follow?: string;
  private readonly trap = h("input", {
    type: "text",
    name: "website",
    class: "trap",
    tabindex: -1,
    autocomplete: "off",
    "aria-hidden": "true",
  });

  constructor(options: FormOptions) {
    this.options = options;
    const { survey, start = {} } = options;
    this.answers = { ...start.answers };
    this.language = start.language ?? languagesOf(survey)[0] ?? "en";
    this.say = speaker(this.language);
    this.at = start.at ?? -1;
    this.screen = options.screen ?? "pages";
    this.follow = options.follow;
    this.closedText = options.ended;
    this.draw();
  }

  /** Read on in another language. */
  speak(language: string): void {
    this.language = language;
    this.say = speaker(language);
    this.draw();
    this.progress(false);
  }

  /** Show an ending, or what is asked. */
  turn(screen: Screen, text?: string): void {
    this.screen = screen;
    this.closedText = text;
    this.draw();
    this.element.querySelector<HTMLElement>("[data-first]")?.focus();
  }

  /** All was taken; there may be an address at which to read what becomes of it. */
  thank(follow?: string): void {
    this.follow = follow;
    this.turn("thanks");
  }

  private get tag(): "h1" | "h2" {
    return this.options.within ? "h2" : "h1";
  }

  private get below(): "h2" | "h3" {
    return this.options.within ? "h3" : "h2";
  }

  private get evaluated(): Evaluated {
    return evaluate(this.options.survey, this.answers);
  }

  private pages(evaluated: Evaluated): SheetPage[] {
    return sheet(this.options.survey, evaluated, this.options.response, this.language);
  }

  private text(text: Text | null | undefined): string {
    return text ? inLanguage(text, this.language) : "";
  }

  private progress(turned: boolean): void {
    this.options.onProgress?.({ answers: this.answers, at: this.at, language: this.language }, turned);
  }

  private draw(): void {
    put(this.element, "lang", this.language);
    put(this.element, "data-screen", this.screen);
    this.blocks.clear();
    const inside = this.screen === "pages" ? this.drawPage() : this.drawEnd();
    this.element.replaceChildren(...this.drawHead(), ...inside, this.live);
  }

  private drawHead(): HTMLElement[] {
    const languages = this.options.spoken ? [] : languagesOf(this.options.survey);
    const tools: HTMLElement[] = [];
    if (languages.length === 2) {
      const other = languages.find((one) => one !== this.language) ?? "";
      const turn = () => {
        this.speak(other);
        this.element.querySelector<HTMLElement>(".language")?.focus();
      };
      tools.push(
        h("button", { type: "button", class: "language", lang: other, onclick: turn }, nameOf(other)),
      );
    } else if (languages.length > 2) {
      const list = h("select", {
        class: "language",
        "aria-label": this.say("language"),
        onchange: () => this.speak(list.value),
      });
      for (const one of languages) list.append(h("option", { value: one, lang: one }, nameOf(one)));
      list.value = this.language;
      tools.push(list);
    }
    if (this.options.close) {
      const close = h("button", {
        type: "button",
        class: "close",
        "aria-label": this.say("close"),
        onclick: this.options.close,
      });
      close.append(drawing("icon", "M6 6l12 12M18 6L6 18"));
      tools.push(close);
    }
    return [
      h(
        "div",
        { class: "head" },
        h("div", { class: "name" }, this.text(this.options.survey.title)),
        ...tools,
      ),
    ];
  }

  private drawPage(): HTMLElement[] {
    const evaluated = this.evaluated;
    const pages = this.pages(evaluated);
    const place = Math.max(
      0,
      pages.findIndex((page) => page.at >= this.at),
    );
    const page = pages[place];
    if (!page) return [];
    this.at = page.at;
    const { survey } = this.options;
    const first = place === 0;
    const several = survey.pages.length > 1;
    const told = this.say("page_of", { page: place + 1, pages: pages.length });
    const heading = first
      ? [
          h(this.tag, { class: "heading" }, this.text(survey.title)),
          survey.description ? h("p", { class: "lead" }, this.text(survey.description)) : null,
          survey.anonymous ? h("p", { class: "anonymous" }, this.say("anonymous")) : null,
        ]
      : [];
    const last = place === pages.length - 1;
    const questions = h("div", { class: "questions" });
    const submit = (event: Event) => {
      event.preventDefault();
      this.next();
    };
    const form = h(
      "form",
      {
        class: "asked",
        novalidate: true,
        tabindex: -1,
        "data-first": true,
        "aria-label": several ? told : this.text(survey.title),
        onsubmit: submit,
      },
      ...heading,
      page.title ? h(first ? this.below : this.tag, { class: "section" }, page.title) : null,
      page.description ? h("p", { class: "lead" }, page.description) : null,
      questions,
      survey.purpose === "feedback" ? this.trap : null,
      h(
        "div",
        { class: "actions" },
        h("button", { type: "submit", class: "next" }, h("span", {}, this.say(last ? "submit" : "next"))),
        first
          ? null
          : h("button", { type: "button", class: "back", onclick: () => this.back() }, this.say("back")),
      ),
    );
    this.place(questions, page, evaluated);
    const bar =
      several &&
      h(
        "div",
        { class: "progress" },
        h(
          "div",
          { class: "bar", "aria-hidden": "true" },
          h("div", { style: `width:${(100 * place) / pages.length}%` }),
        ),
        h("span", { class: "told" }, told),
      );
    return bar ? [bar, form] : [form];
  }

  /** Put the questions of a page where they belong; those that stay keep what is written in them, and the focus. */
  private place(into: Element, page: SheetPage, evaluated: Evaluated): void {
    const kept = new Map<string, QuestionBlock>();
    let before: Element | null = null;
    for (const asked of page.questions) {
      const { key } = asked.asked;
      let block = this.blocks.get(key);
      if (!block || block.differs(asked)) {
        const next = this.block(asked);
        block?.element.replaceWith(next.element);
        block = next;
      } else block.write(asked);
      kept.set(key, block);
      const after: Element | null = before ? before.nextElementSibling : into.firstElementChild;
      if (after !== block.element) into.insertBefore(block.element, after);
      before = block.element;
      if (this.tried) block.show(problemsOf(asked.asked, evaluated.problems));
    }
    for (const [key, block] of this.blocks) if (!kept.has(key)) block.element.remove();
    this.blocks = kept;
  }

  private block(asked: SheetPage["questions"][number]): QuestionBlock {
    const { key } = asked.asked;
    const block = new QuestionBlock({
      question: asked.asked,
      sheet: asked,
      answer: this.answers[key],
      id: `lvtu-${this.number}-${key}`,
      say: this.say,
      text: (text) => this.text(text),
      set: () => undefined,
      upload: this.options.upload && ((file) => (this.options.upload as Upload)(key, file)),
      tell: (text) => this.tell(text),
    });
    block.outer = (answer) => this.take(key, answer);
    return block;
  }

  private take(key: string, answer: unknown): void {
    const { [key]: _, ...others } = this.answers;
    this.answers = answer === undefined ? others : { ...others, [key]: answer };
    const evaluated = this.evaluated;
    const pages = this.pages(evaluated);
    const place = pages.findIndex((page) => page.at === this.at);
    const page = pages[place];
    const into = this.element.querySelector(".questions");
    if (page && into) this.place(into, page, evaluated);
    const next = this.element.querySelector(".next span");
    if (next) next.textContent = this.say(place === pages.length - 1 ? "submit" : "next");
    const told = this.element.querySelector(".told");
    const form = this.element.querySelector("form");
    if (told && form) {
      told.textContent = this.say("page_of", { page: place + 1, pages: pages.length });
      put(form, "aria-label", told.textContent);
    }
    this.progress(false);
  }

  private tell(text: string): void {
    this.live.textContent = "";
    requestAnimationFrame(() => {
      this.live.textContent = text;
    });
  }

  private back(): void {
    const before = this.pages(this.evaluated).filter((page) => page.at < this.at);
    this.turnTo(before[before.length - 1]?.at ?? 0);
  }

  private turnTo(at: number): void {
    this.at = at;
    this.tried = false;
    this.draw();
    this.progress(true);
    const form = this.element.querySelector<HTMLElement>("form");
    form?.focus({ preventScroll: true });
    // Where the beginning is in view, nothing around it is moved: not the page that the form stands in.
    if (this.element.getBoundingClientRect().top < 0) this.element.scrollIntoView({ block: "start" });
  }

  private next(): void {
    if (this.sending) return;
    this.tried = true;
    const evaluated = this.evaluated;
    const pages = this.pages(evaluated);
    const place = pages.findIndex((page) => page.at === this.at);
    const page = pages[place];
    if (page && !this.showWrong(page, evaluated.problems)) return;
    const following = pages[place + 1];
    if (following) this.turnTo(following.at);
    else this.submit(evaluated);
  }

  /** Whether nothing on the page is wrong; what is gets the focus. */
  private showWrong(page: SheetPage, problems: Problem[]): boolean {
    const wrong = page.questions.filter(({ asked }) => {
      const of = problemsOf(asked, problems);
      this.blocks.get(asked.key)?.show(of);
      return of.length > 0;
    });
    const first = wrong[0];
    if (!first) return true;
    this.tell(this.say("wrong_page", { n: wrong.length }));
    const block = this.blocks.get(first.asked.key);
    block?.focus();
    block?.element.scrollIntoView({ block: "nearest" });
    return false;
  }

  private async submit(evaluated: Evaluated): Promise<void> {
    const button = this.element.querySelector<HTMLElement>(".next");
    this.sending = true;
    if (button) {
      put(button, "aria-busy", "true");
      button.replaceChildren(h("span", {}, this.say("sending")));
    }
    const waits = () => this.turn("waiting");
    const outcome = await this.options.send(evaluated.answers, this.language, waits, this.trap.value);
    this.sending = false;
    if (outcome.is === "accepted") this.thank(outcome.follow);
    else if (outcome.is === "closed") this.turn(outcome.full ? "full" : "closed", outcome.text);
    else this.refused(outcome.problems);
  }

  /** The service has found what this form did not: the survey has been changed meanwhile. */
  private refused(problems: Problem[]): void {
    this.screen = "pages";
    const page = this.pages(this.evaluated).find(({ questions }) =>
      questions.some(({ asked }) => problemsOf(asked, problems).length),
    );
    if (page) this.at = page.at;
    this.draw();
    if (page) this.showWrong(page, problems);
  }

  private drawEnd(): HTMLElement[] {
    const { survey, again, close, againWord = "again" } = this.options;
    const asked = new Map<string, Question>(questionsOf(survey).map((question) => [question.key, question]));
    const thanks = survey.thanks && piped(survey.thanks, this.language, asked, this.evaluated.answers);
    const titles = {
      thanks: thanks || this.say("thanks"),
      closed: this.say("closed"),
      full: this.closedText || this.say("full"),
      waiting: this.say("waiting"),
    };
    const told = {
      thanks: "",
      closed: this.closedText ?? this.say("closed_why"),
      full: "",
      waiting: this.say("waiting_why"),
    };
    const signs = {
      thanks: "M5.5 12.5l4.2 4.2L18.5 8",
      closed: "M7 12h10",
      full: "M5.5 12.5l4.2 4.2L18.5 8",
      waiting: "M12 7v5l3.2 2",
    };
    if (this.screen === "pages") return [];
    return [
      h(
        "div",
        { class: "end", tabindex: -1, "data-first": true },
        h("div", { class: "sign" }, drawing("icon", signs[this.screen])),
        h(this.tag, { class: "heading" }, titles[this.screen]),
        told[this.screen] ? h("p", { class: "lead" }, told[this.screen]) : null,
        this.screen === "thanks" && this.follow ? followed(this.follow, this.say) : null,
        this.screen === "thanks" && again
          ? h("button", { type: "button", class: "back", onclick: again }, this.say(againWord))
          : null,
        this.screen !== "waiting" && close
          ? h("button", { type: "button", class: "back", onclick: close }, this.say("close"))
          : null,
      ),
    ];
  }
}

/** What is wrong with the answer to a question; that it was not asked is not. */
function problemsOf({ key }: Question, problems: Problem[]): Problem[] {
  return problems.filter(
    (one) => one.code !== "hidden" && (one.field === key || one.field.startsWith(`${key}.`)),
  );
}
