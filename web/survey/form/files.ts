/** Files: chosen one after the other, each sent at once; the answer is what the service says of them. */

import { type FileAsked, type Sent, typesOf } from "../definition.ts";
import { drawing, h } from "./dom.ts";
import type { Asking, Field } from "./field.ts";

const MEGABYTE = 2 ** 20;
const KILOBYTE = 2 ** 10;

export function files({ question, answer, id, say, set, upload, tell }: Asking<FileAsked>): Field {
  const { accepts = ["image", "pdf"], megabytes = 5, files: most = 1 } = question;
  let sent = (Array.isArray(answer) ? answer : []) as Sent[];
  const list = h("ul", { class: "files" });
  const state = h("p", { class: "hint", "aria-live": "polite" });
  const input = h("input", {
    type: "file",
    id,
    class: "line file",
    accept: typesOf(question).join(","),
    onchange: () => take(),
  });
  const kinds = accepts.map((one) => say(`file_${one}`)).join(say("file_between"));
  const about = h("p", { class: "hint" }, say("file_about", { kinds, n: megabytes }));

  const change = (next: Sent[]) => {
    sent = next;
    set(sent.length ? sent : undefined);
    draw();
  };

  async function take(): Promise<void> {
    const file = input.files?.[0];
    input.value = "";
    if (!file || !upload) return;
    const { name } = file;
    if (file.size > megabytes * MEGABYTE) {
      state.textContent = say("file_large", { name, n: megabytes });
      return;
    }
    state.textContent = say("file_sending", { name });
    input.disabled = true;
    try {
      change([...sent, await upload(file)]);
      state.textContent = say("file_sent", { name });
    } catch (error) {
      const why = (error instanceof Error && error.message) || say("file_offline");
      state.textContent = say("file_failed", { name, why });
    }
    draw();
  }

  function draw(): void {
    list.replaceChildren(
      ...sent.map((one) => {
        const drop = () => {
          change(sent.filter((other) => other !== one));
          tell(say("cleared"));
          input.focus();
        };
        const away = h(
          "button",
          {
            type: "button",
            class: "small",
            "aria-label": say("file_away", { name: one.name }),
            onclick: drop,
          },
          drawing("icon", "M6.5 6.5l11 11M17.5 6.5l-11 11"),
        );
        const size = `${Math.max(1, Math.round(one.bytes / KILOBYTE)).toLocaleString("en-US")} KB`;
        return h(
          "li",
          { class: "sent" },
          h("span", { class: "text" }, one.name),
          h("span", { class: "unit" }, size),
          away,
        );
      }),
    );
    list.hidden = !sent.length;
    input.disabled = sent.length >= most;
  }
  draw();
  return { body: h("div", { class: "file-body" }, list, input, about, state), control: input };
}
