/** Options put in order: chosen one after the other, then moved by buttons, by arrow keys or by dragging. */

import type { Ranking } from "../definition.ts";
import { drawing, h, put } from "./dom.ts";
import type { Asking, Field } from "./field.ts";

const UP = "M12 18.5V6M6.5 11.5L12 6l5.5 5.5";
const DOWN = "M12 5.5V18M6.5 12.5L12 18l5.5-5.5";
const AWAY = "M6.5 6.5l11 11M17.5 6.5l-11 11";

export function ranking({ question, sheet, answer, id, say, set, tell }: Asking<Ranking>): Field {
  const options = sheet.options ?? [];
  const wanted = question.top || options.length;
  const textOf = (key: string) => options.find((one) => one.key === key)?.text ?? key;
  let order = (Array.isArray(answer) ? answer : []).filter((key) => options.some((one) => one.key === key));
  const ranked = h("ol", { class: "ranked", "aria-label": say("ranked") });
  const left = h("ul", { class: "left", "aria-label": say("to_rank") });
  const count = h("p", { class: "hint", id: `${id}-count` });
  const body = h("div", { class: "ranking" }, count, ranked, left);

  const take = (next: string[], key: string, focus: string) => {
    order = next;
    set(order.length ? order : undefined);
    draw();
    const at = order.indexOf(key);
    const place = { name: textOf(key), place: at + 1, n: order.length };
    tell(at < 0 ? say("rank_away", place) : say("rank_at", place));
    const again = body.querySelector<HTMLElement>(`[data-key="${key}"] ${focus}`);
    (again?.matches(":disabled")
      ? body.querySelector<HTMLElement>(`[data-key="${key}"] button`)
      : again
    )?.focus();
  };
  const add = (key: string) => {
    order = [...order, key];
    const next = options.find((one) => !order.includes(one.key));
    take(order, key, ".none");
    const goOn = order.length < wanted && next ? next.key : key;
    body.querySelector<HTMLElement>(`[data-key="${goOn}"] button`)?.focus();
  };
  const move = (key: string, to: number, focus: string) => {
    if (to < 0 || to >= order.length) return;
    const others = order.filter((one) => one !== key);
    take([...others.slice(0, to), key, ...others.slice(to)], key, focus);
  };
  const drop = (key: string) =>
    take(
      order.filter((one) => one !== key),
      key,
      "button",
    );

  const button = (key: string, kind: string, path: string, word: string, press: () => void) =>
    h(
      "button",
      {
        type: "button",
        class: `small ${kind}`,
        "aria-label": say(word, { name: textOf(key) }),
        onclick: press,
      },
      drawing("icon", path),
    );

  function rankedRow(key: string, at: number): HTMLElement {
    const keys = (event: KeyboardEvent) => {
      const step = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
      if (!step) return;
      event.preventDefault();
      move(key, at + step, step < 0 ? ".up" : ".down");
    };
    const up = button(key, "up", UP, "rank_up", () => move(key, at - 1, ".up"));
    const down = button(key, "down", DOWN, "rank_down", () => move(key, at + 1, ".down"));
    put(up, "disabled", at === 0);
    put(down, "disabled", at === order.length - 1);
    const away = button(key, "away", AWAY, "rank_remove", () => drop(key));
    const row = h(
      "li",
      { class: "rank", "data-key": key, onkeydown: keys },
      h("span", { class: "place", "aria-hidden": "true" }, String(at + 1)),
      h("span", { class: "text" }, textOf(key)),
      up,
      down,
      away,
    );
    row.addEventListener("pointerdown", (event) => drag(event, row, key));
    return row;
  }

  /** Moved by the mouse; a finger scrolls the page, and has the buttons. */
  function drag(event: PointerEvent, row: HTMLElement, key: string): void {
    if (event.pointerType !== "mouse" || event.button !== 0) return;
    if ((event.target as Element).closest("button")) return;
    event.preventDefault();
    put(row, "data-dragged", true);
    row.setPointerCapture(event.pointerId);
    const moved = (on: PointerEvent) => {
      const rows = [...ranked.children].filter((one) => one !== row);
      const after = rows.find((one) => {
        const box = one.getBoundingClientRect();
        return on.clientY < box.top + box.height / 2;
      });
      if (row.nextElementSibling !== (after ?? null)) ranked.insertBefore(row, after ?? null);
    };
    const end = () => {
      row.removeEventListener("pointermove", moved);
      put(row, "data-dragged", false);
      const next = [...ranked.children].map((one) => (one as HTMLElement).dataset.key ?? "");
      if (next.join() !== order.join()) take(next, key, ".away");
    };
    row.addEventListener("pointermove", moved);
    row.addEventListener("lostpointercapture", end, { once: true });
  }

  function draw(): void {
    ranked.replaceChildren(...order.map(rankedRow));
    const rest = options.filter((one) => !order.includes(one.key));
    const full = order.length >= wanted;
    left.replaceChildren(
      ...rest.map((one) =>
        h(
          "li",
          { "data-key": one.key },
          h(
            "button",
            { type: "button", class: "option", disabled: full, onclick: () => add(one.key) },
            h("span", { class: "place empty", "aria-hidden": "true" }, full ? "" : String(order.length + 1)),
            h("span", {}, one.text),
          ),
        ),
      ),
    );
    ranked.hidden = !order.length;
    left.hidden = !rest.length;
    count.textContent = say(full ? "rank_done" : wanted < options.length ? "rank_top" : "rank_all", {
      n: wanted,
      given: order.length,
    });
  }
  draw();
  return { body };
}
