import { type KeyboardEvent, type MouseEvent, useEffect, useRef } from "react";
import { useSay } from "@/words/say";
import type { Chosen } from "./Behind";
import { clear, heads } from "./heads";
import classes from "./Maps.module.css";
import type { Spots } from "./together/sight";
import { useBadges } from "./together/useBadges";
import { useCursors } from "./together/useCursors";
import { useSight } from "./together/useSight";
import { called, toward } from "./toward";

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
    const had = found.contains(document.activeElement)
      ? (document.activeElement as SVGGElement).dataset
      : undefined;
    found.innerHTML = svg;
    const drawn = found.querySelector("svg");
    if (!drawn) return;
    drawn.setAttribute("role", "group"); // an image has no parts that can be reached
    for (const part of partsOf(drawn)) {
      part.setAttribute("role", "button");
      part.setAttribute("aria-label", nameOf(part));
    }
    const parts = partsOf(drawn);
    const same = parts.find((one) => one.dataset.kind === had?.kind && one.dataset.key === had?.key);
    reach(parts, same ?? parts[0]);
    same?.focus({ preventScroll: true });
    found.append(...heads(drawn));
    clear(scroll.current, drawn);
    found.style.zoom = `${fitting(drawn.viewBox.baseVal.width, found.parentElement?.clientWidth ?? 0)}`;
  }, [svg]);
  useBadges(id, frame, svg);
  useCursors(id, frame, svg);
  useSight(id, scroll, spotsOf, svg);
  const go = (event: KeyboardEvent) => {
    const parts = partsOf(frame.current?.querySelector("svg"));
    const from = (event.target as Element).closest<SVGGElement>(OPENING);
    const to = toward(
      parts.map((one) => one.getBoundingClientRect()),
      from ? parts.indexOf(from) : -1,
      event.key,
    );
    if (!from || to === undefined) return;
    event.preventDefault();
    const next = to === null ? undefined : parts[to];
    if (!next) return;
    reach(parts, next);
    next.focus();
  };
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
        if (event.key !== "Enter" && event.key !== " ") return go(event);
        if (event.target !== scroll.current) event.preventDefault(); // nor does a space scroll
        open(event.target);
      }}
    >
      <div ref={frame} className={classes.picture} />
    </section>
  );
}

/** What opens in a picture, in the order in which it is drawn. */
const partsOf = (drawn: SVGSVGElement | null | undefined): SVGGElement[] =>
  drawn ? [...drawn.querySelectorAll<SVGGElement>(OPENING)] : [];

/** Of what opens in a picture one part is reached by Tab, the others by arrows. */
function reach(parts: SVGGElement[], one: SVGGElement | undefined): void {
  for (const part of parts) part.setAttribute("tabindex", part === one ? "0" : "-1");
}

function nameOf(part: SVGGElement): string {
  const titles = [...part.querySelectorAll("title")];
  const written = [...part.querySelectorAll("text")].map((one) => one.textContent).join(" ");
  return called(titles.map((one) => one.textContent).join(" "), written);
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
