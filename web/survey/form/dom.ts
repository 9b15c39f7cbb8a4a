/** Elements, built in one call each. */

type Child = Node | string | null | undefined | false;
type Given = string | number | boolean | null | undefined | ((event: never) => void);

const SVG = "http://www.w3.org/2000/svg";

/** An element: what begins with `on` listens, true is an attribute without a value, false and null are none. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  given: Record<string, Given> = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value as EventListener);
    else put(element, name, value);
  }
  fill(element, children);
  return element;
}

/** Set an attribute, or take it away. */
export function put(
  element: Element,
  name: string,
  value: string | number | boolean | null | undefined,
): void {
  if (value === false || value === null || value === undefined) element.removeAttribute(name);
  else element.setAttribute(name, value === true ? "" : String(value));
}

function fill(element: Element, children: Child[]): void {
  element.append(...children.filter((one): one is Node | string => !!one || one === ""));
}

/** A drawing of lines within 24 × 24. */
export function drawing(kind: string, ...paths: string[]): SVGElement {
  const svg = document.createElementNS(SVG, "svg");
  for (const [name, value] of Object.entries({ viewBox: "0 0 24 24", class: kind, "aria-hidden": "true" }))
    svg.setAttribute(name, value);
  for (const path of paths) {
    const line = document.createElementNS(SVG, "path");
    line.setAttribute("d", path);
    svg.append(line);
  }
  return svg;
}

/** Text that only screen readers say. */
export function spoken(text: string): HTMLElement {
  return h("span", { class: "spoken" }, text);
}
