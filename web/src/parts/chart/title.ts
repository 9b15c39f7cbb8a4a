import type { ChartOption } from "@/api/types";

/** The service's pictures carry their title, for files. A page says it itself, in type that breaks as type should. */

interface Title {
  text?: string;
  subtext?: string;
}

const TITLE = 44;
const LINE = 20;
const NOTE = 18;
const LEFT = 10;

function titleOf(option: ChartOption): Title {
  return (option.title ?? {}) as Title;
}

const linesOf = (text: string | undefined) => (text ? text.split("\n") : []);

/** Pixels that a title and its remarks take. */
function room(title: Title): number {
  return (
    TITLE + LINE * Math.max(linesOf(title.text).length - 1, 0) + NOTE * linesOf(title.subtext).length - LEFT
  );
}

/** What a picture shows, in one sentence, and the remarks on it. */
export function toldBy(option: ChartOption): { title: string; remarks: string[] } {
  const { text, subtext } = titleOf(option);
  return { title: text ?? "", remarks: linesOf(subtext) };
}

/** The picture without its title, moved up by as much. */
export function untitled(option: ChartOption): ChartOption {
  const up = room(titleOf(option));
  const { title: _, media, ...rest } = option;
  const moved = raised(rest, up);
  if (!Array.isArray(media)) return moved;
  const narrow = media.map((one: { query?: unknown; option: ChartOption }) => {
    const { title: mine, ...more } = one.option;
    return { ...one, option: raised(more, mine ? room(mine as Title) : up) };
  });
  return { ...moved, media: narrow };
}

const PLACED = ["grid", "legend", "series", "visualMap"] as const;

function raised(option: ChartOption, up: number): ChartOption {
  const found = { ...option };
  for (const part of PLACED) if (part in found) found[part] = lifted(found[part], up);
  return found;
}

function lifted(part: unknown, up: number): unknown {
  if (Array.isArray(part)) return part.map((one) => lifted(one, up));
  const top = (part as { top?: unknown } | null)?.top;
  return typeof top === "number" ? { ...(part as object), top: Math.max(top - up, 0) } : part;
}
