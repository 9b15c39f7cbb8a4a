import classes from "./Maps.module.css";

/** The heads of a grid once more, to lie over it where they would scroll out of sight. Who reads by ear has them once. */
export function heads(drawn: SVGSVGElement): SVGSVGElement[] {
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

/** What the keys go to is not hidden below the heads that stay in sight. */
export function clear(scroll: HTMLElement | null, drawn: SVGSVGElement): void {
  const [right = 0, , bottom = 0] = (drawn.dataset.heads ?? "").split(" ").map(Number);
  if (!scroll) return;
  scroll.style.scrollPaddingLeft = `${right + 8}px`;
  scroll.style.scrollPaddingTop = `${bottom + 8}px`;
}
