import { type KeyboardEvent, type MouseEvent, useEffect, useRef } from "react";
import { useSay } from "@/words/say";
import type { Chosen } from "./Behind";
import classes from "./Maps.module.css";
import type { Spots } from "./together/sight";
import { useBadges } from "./together/useBadges";
import { useCursors } from "./together/useCursors";
import { useSight } from "./together/useSight";

const OPENS = new Set(["step", "point", "cell", "volume", "place", "plan"]);
const OPENING = [...OPENS].map((kind) => `[data-kind="${kind}"]`).join();

/** A picture that would have to be smaller scrolls instead. */
const LEAST = 0.88;

/** The map itself. What the data say opens what is behind it, with the pointer or the keys; heads stay in sight. */
export function Picture({
  id,
  svg,
  onChoose,
}: {
  id: string;
  svg: string;
  onChoose: (chosen: Chosen) => void;
}) {
  const say = useSay();
  const frame = useRef<HTMLDivElement>(null);
  const scroll = useRef<HTMLElement>(null);
  useEffect(() => {
    const found = frame.current;
    if (!found) return;
    found.innerHTML = svg;
    const drawn = found.querySelector("svg");
    if (!drawn) return;
    drawn.setAttribute("role", "group"); // an image has no parts that can be reached
    for (const part of drawn.querySelectorAll<SVGGElement>("[data-kind]")) {
      if (!OPENS.has(part.dataset.kind ?? "")) continue;
      part.setAttribute("tabindex", "0");
      part.setAttribute("role", "button");
      for (const title of part.querySelectorAll("title")) title.append("\n"); // apart from what stands behind it
      part.setAttribute("aria-label", (part.textContent ?? "").replace(/\s+/g, " ").trim());
    }
    found.append(...heads(drawn));
    found.style.zoom = `${fitting(drawn.viewBox.baseVal.width, found.parentElement?.clientWidth ?? 0)}`;
  }, [svg]);
  useBadges(id, frame, svg);
  useCursors(id, frame, svg);
  useSight(id, scroll, spotsOf, svg);
  const open = (target: EventTarget) => {
    const part = (target as Element).closest<SVGGElement>(OPENING);
    if (!part) return;
    const [first = "", second] = (part.dataset.key ?? "").split("/");
    onChoose(second === undefined ? { step: first } : { lane: first, step: second });
  };
  return (
    <section
      ref={scroll}
      className={classes.scroll}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keys
      tabIndex={0}
      aria-label={say("web.maps.picture")}
      onClick={(event: MouseEvent) => open(event.target)}
      onKeyDown={(event: KeyboardEvent) => {
        if (event.key === "Enter" || event.key === " ") open(event.target);
      }}
    >
      <div ref={frame} className={classes.picture} />
    </section>
  );
}

/** How much smaller a picture is shown that is only a little too wide, so that its last step is seen; 1 of any other. */
function fitting(wide: number, room: number): number {
  return room < wide && room >= LEAST * wide ? room / wide : 1;
}

/** Where the lanes and steps of the picture are. */
function spotsOf(within: HTMLElement): Spots {
  const of = (kind: string): Spots["lanes"] =>
    [...within.querySelectorAll<SVGElement>(`svg:first-of-type [data-kind="${kind}"]`)].map((one) => [
      one.dataset.key ?? "",
      one.getBoundingClientRect(),
    ]);
  return { lanes: of("lane"), steps: of("step") };
}

/** The heads of a grid once more, to lie over it where they would scroll out of sight. Who reads by ear has them once. */
function heads(drawn: SVGSVGElement): SVGSVGElement[] {
  const [right, top, bottom] = (drawn.dataset.heads ?? "").split(" ").map(Number);
  if (!right || top === undefined || !bottom) return [];
  const { width, height } = drawn.viewBox.baseVal;
  const all = [...drawn.children]
    .filter((one): one is SVGGraphicsElement => one instanceof SVGGraphicsElement)
    .map((one) => ({ one, box: one.getBBox() }));
  const boxes = all.filter(({ one }) => one.dataset.kind !== "legend"); // it would be cut
  const legends = all.filter(({ one, box }) => one.dataset.kind === "legend" && box.y > bottom);
  const foot = Math.floor(Math.min(height, ...legends.map(({ box }) => box.y))); // the names end above them
  const pane = (name: "heads" | "names" | "corner", y: number, wide: number, tall: number) => {
    const copy = drawn.cloneNode(false) as SVGSVGElement;
    copy.setAttribute("viewBox", `0 ${y} ${wide} ${tall}`);
    copy.setAttribute("width", `${wide}`);
    copy.setAttribute("height", `${tall}`);
    copy.setAttribute("aria-hidden", "true");
    copy.removeAttribute("aria-labelledby");
    copy.setAttribute("class", classes[name] ?? "");
    for (const { one, box } of boxes) {
      if (box.x < wide && box.y < y + tall && box.y + box.height >= y) copy.append(still(one));
    }
    return copy;
  };
  return [pane("heads", 0, width, bottom), pane("names", 0, right, foot), pane("corner", 0, right, bottom)];
}

/** A copy that is only looked at and clicked. */
function still(one: Element): Node {
  const copy = one.cloneNode(true) as Element;
  for (const part of [copy, ...copy.querySelectorAll("[tabindex]")]) {
    for (const name of ["tabindex", "role", "aria-label", "id"]) part.removeAttribute(name);
  }
  return copy;
}
