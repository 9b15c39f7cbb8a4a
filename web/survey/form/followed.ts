/** The secret address at which whoever gave feedback reads what becomes of it: to be opened, or kept. */

import { h } from "./dom.ts";
import type { Say } from "./words.ts";

export function followed(address: string, say: Say): HTMLElement {
  const copied = h("span", { class: "spoken", role: "status" });
  const copy = h("button", { type: "button", class: "back" }, say("follow_copy"));
  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(address);
      copy.textContent = say("follow_copied");
      copied.textContent = say("follow_copied");
    } catch {
      link.focus(); // a page without TLS may not: the address is there to be copied by hand
    }
  });
  const link = h("a", { href: address, target: "_blank", rel: "noreferrer" }, address);
  return h(
    "div",
    { class: "follow" },
    h("p", {}, say("follow_why")),
    h("p", { class: "address" }, link),
    copy,
    copied,
  );
}
