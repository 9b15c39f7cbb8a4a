import { type KeyboardEvent, type MouseEvent, useEffect, useRef } from "react";
import { useSay } from "@/words/say";
import type { Chosen } from "./Behind";
import classes from "./Maps.module.css";

const OPENS = new Set(["step", "point", "cell", "volume"]);

/** The map itself. What the data say opens what is behind it, with the pointer or the keys. */
export function Picture({ svg, onChoose }: { svg: string; onChoose: (chosen: Chosen) => void }) {
  const say = useSay();
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const found = frame.current;
    if (!found) return;
    found.innerHTML = svg;
    found.querySelector("svg")?.setAttribute("role", "group"); // an image has no parts that can be reached
    for (const part of found.querySelectorAll<SVGGElement>("[data-kind]")) {
      if (!OPENS.has(part.dataset.kind ?? "")) continue;
      part.setAttribute("tabindex", "0");
      part.setAttribute("role", "button");
      const title = part.querySelector("title")?.textContent ?? "";
      const shown = [...part.querySelectorAll("text")].map((one) => one.textContent).join("");
      part.setAttribute("aria-label", `${shown.replace(/\s+/g, " ").trim()} · ${title}`);
    }
  }, [svg]);
  const open = (target: EventTarget) => {
    const part = (target as Element).closest<SVGGElement>("[role=button][data-kind]");
    const [first = "", second] = (part?.dataset.key ?? "").split("/");
    if (part) onChoose(second === undefined ? { step: first } : { lane: first, step: second });
  };
  return (
    <section
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
