/** Asks whether somebody is there before what they wrote is cleared for the next person. */

import { h } from "../form/dom.ts";
import type { Say } from "../form/words.ts";

export function stillThere(
  over: HTMLElement,
  say: Say,
  seconds: number,
  answer: (there: boolean) => void,
): void {
  let left = seconds;
  const told = h("p", { id: "lvtu-still" }, say("kiosk_clears", { n: left }));
  const here = h("button", { type: "button", class: "next" }, say("kiosk_here"));
  const card = h(
    "div",
    { class: "still", role: "alertdialog", "aria-modal": "true", "aria-labelledby": "lvtu-still-name" },
    h("div", {}, h("h2", { id: "lvtu-still-name" }, say("kiosk_still")), told, here),
  );
  const before = [...over.children].filter((one): one is HTMLElement => one instanceof HTMLElement);
  const end = (there: boolean) => {
    clearInterval(count);
    card.remove();
    for (const one of before) one.inert = false;
    answer(there);
  };
  const count = setInterval(() => {
    left -= 1;
    told.textContent = say("kiosk_clears", { n: left });
    if (left <= 0) end(false);
  }, 1_000);
  here.addEventListener("click", () => end(true));
  for (const one of before) one.inert = true;
  over.append(card);
  here.focus();
}
