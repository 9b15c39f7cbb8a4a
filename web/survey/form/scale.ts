/** Whole numbers on a scale: as numbers, stars or faces. Underneath they are radio buttons. */

import { endsOf, type Scored } from "../definition.ts";
import { drawing, h, put } from "./dom.ts";
import type { Asking, Field } from "./field.ts";

const STAR = "M12 2.8l2.83 5.9 6.47.83-4.75 4.47 1.2 6.4L12 17.25 6.25 20.4l1.2-6.4L2.7 9.53l6.47-.83z";
const HEAD = "M12 2.5a9.5 9.5 0 1 0 0 19 9.5 9.5 0 0 0 0-19z";
const EYES = "M8.7 9.2v.9M15.3 9.2v.9";
const MOUTHS: Record<number, string> = {
  "-2": "M7.8 17c1-2.2 2.5-3.2 4.2-3.2s3.2 1 4.2 3.2",
  "-1": "M8.6 16.2c1-1 2.1-1.5 3.4-1.5s2.4.5 3.4 1.5",
  0: "M8.4 15.4h7.2",
  1: "M8.4 14.4c1 1.2 2.2 1.8 3.6 1.8s2.6-.6 3.6-1.8",
  2: "M7.6 13.6h8.8c-.3 2.4-2.1 4.1-4.4 4.1s-4.1-1.7-4.4-4.1z",
};

export interface Points {
  /** Tells its buttons from others. */
  name: string;
  low: number;
  high: number;
  chosen: unknown;
  look?: "numbers" | "stars" | "faces";
  /** What the ends mean. */
  ends?: [string, string];
  /** What a point is called, where its number is not enough. */
  named?: (point: number) => string;
  set: (point: number) => void;
}

export function scored({ question, answer, id, say, text, set }: Asking<Scored>): Field {
  const [low, high] = endsOf(question);
  const look =
    question.kind === "emoji"
      ? "faces"
      : question.kind === "rating" && question.look !== "numbers"
        ? "stars"
        : "numbers";
  const named =
    look === "faces"
      ? (point: number) => say(`face_${point + 2}`)
      : look === "stars"
        ? (point: number) => say("stars", { n: point })
        : undefined;
  const ends: [string, string] = [text(question.low), text(question.high)];
  if (question.kind === "nps") {
    ends[0] ||= say("nps_low");
    ends[1] ||= say("nps_high");
  }
  return { body: scale({ name: id, low, high, chosen: answer, look, ends, named, set }), stays: true };
}

/** A row of points. */
export function scale({
  name,
  low,
  high,
  chosen,
  look = "numbers",
  ends = ["", ""],
  named,
  set,
}: Points): HTMLElement {
  const row = h("div", { class: `points ${look}`, style: `--n:${high - low + 1}` });
  const light = (value: number) => {
    for (const [at, label] of [...row.children].entries()) put(label, "data-below", low + at <= value);
  };
  for (let point = low; point <= high; point++) {
    const said = named?.(point) ?? String(point);
    const end = point === low ? ends[0] : point === high ? ends[1] : "";
    const input = h("input", {
      type: "radio",
      name,
      value: point,
      "aria-label": end && end !== said ? `${said} · ${end}` : said,
      onchange: () => {
        light(point);
        set(point);
      },
    });
    input.checked = chosen === point;
    row.append(
      h(
        "label",
        { class: "point", "data-point": point, title: named ? said : null },
        input,
        shown(look, point),
      ),
    );
  }
  if (look === "stars" && typeof chosen === "number") light(chosen);
  const legend =
    ends.some(Boolean) &&
    h("div", { class: "ends", "aria-hidden": "true" }, h("span", {}, ends[0]), h("span", {}, ends[1]));
  return h("div", { class: "scale" }, row, legend);
}

function shown(look: Points["look"], point: number): Node {
  if (look === "stars") return drawing("star", STAR);
  if (look === "faces") return drawing("face", HEAD, EYES, MOUTHS[point] ?? "");
  return h("span", { "aria-hidden": "true" }, point < 0 ? `−${-point}` : String(point));
}
