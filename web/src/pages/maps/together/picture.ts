import type { About } from "./panel";

const SVG = "http://www.w3.org/2000/svg";

const KINDS: Record<string, string> = {
  stages: "stage",
  steps: "step",
  lanes: "lane",
  cards: "card",
  cells: "cell",
};

/** Where a part is drawn: on the picture, then on the heads that lie over it. A cell without shapes is its step. */
function drawnAt(within: ParentNode, { part, key }: About): SVGGraphicsElement[] {
  const at = (kind: string, key: string) => [
    ...within.querySelectorAll<SVGGraphicsElement>(
      `svg [data-kind="${kind}"][data-key="${CSS.escape(key)}"]`,
    ),
  ];
  const kind = KINDS[part];
  if (kind === undefined) return [];
  const found = at(kind, key);
  return found.length > 0 || part !== "cells" ? found : at("step", key.split("/")[1] ?? "");
}

function made(name: string, given: Record<string, string | number>): SVGElement {
  const shape = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(given)) shape.setAttribute(key, `${value}`);
  return shape;
}

/** Bring a part into sight, and show for a moment which it is. */
export function show(about: About) {
  const found = drawnAt(document, about);
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  found[0]?.scrollIntoView({ block: "center", inline: "center", behavior: calm ? "auto" : "smooth" });
  const rings = found.map((one) => {
    const { x, y, width, height } = one.getBBox();
    const place = { x: x - 4, y: y - 4, width: width + 8, height: height + 8, rx: 8 };
    const ring = made("rect", { ...place, fill: "none", "stroke-width": 2, "pointer-events": "none" });
    ring.setAttribute("stroke", "var(--accent)");
    one.ownerSVGElement?.append(ring);
    return ring;
  });
  setTimeout(() => {
    for (const ring of rings) ring.remove();
  }, 2_400);
}

/** Small discs on the parts that open threads are about; the function takes them away again. */
export function badges(
  within: ParentNode,
  counts: ReadonlyMap<string, number>,
  title: (n: number) => string,
): () => void {
  const all: Element[] = [];
  for (const [about, n] of counts) {
    const [part = "", ...key] = about.split("/");
    for (const one of drawnAt(within, { part: part as About["part"], key: key.join("/") })) {
      const { x, y, width } = one.getBBox();
      const badge = made("g", { transform: `translate(${x + width + 4} ${y - 1})`, "data-about": about });
      badge.style.cursor = "pointer";
      if (!one.closest("[aria-hidden]")) {
        badge.setAttribute("role", "button");
        badge.setAttribute("tabindex", "0");
        badge.setAttribute("aria-label", title(n));
      }
      const disc = made("circle", {
        r: 8.5,
        fill: "var(--button)",
        stroke: "var(--card)",
        "stroke-width": 2,
      });
      const text = made("text", {
        y: 3.5,
        fill: "#fff",
        "font-size": 10,
        "font-weight": 650,
        "text-anchor": "middle",
      });
      text.textContent = `${n}`;
      badge.append(disc, text);
      one.ownerSVGElement?.append(badge);
      all.push(badge);
    }
  }
  return () => {
    for (const one of all) one.remove();
  };
}

/** Whose disc: their initials, and the colour that is theirs. */
interface Disc {
  place: string;
  name: string;
  letters: string;
  hue: number;
}

const SIZE = 10;

/** The discs of people at the parts where they are; the function takes them away again. */
export function discs(within: ParentNode, people: readonly Disc[], look: { disc: string; hue: string }) {
  const taken = new Map<string, number>();
  const all = people.flatMap(({ place, name, letters, hue }) => {
    const [part = "", ...key] = place.split("/");
    const before = taken.get(place) ?? 0;
    taken.set(place, before + 1);
    return drawnAt(within, { part: part as About["part"], key: key.join("/") }).map((one) => {
      // Behind the part's name, and behind the badge of its threads.
      const { x, y, width } = one.getBBox();
      const at = `translate(${x + width + SIZE + 13 + before * (SIZE + 4)} ${y + 5})`;
      const disc = made("g", { transform: at, class: `${look.disc} ${look.hue}`, "data-hue": hue });
      const title = made("title", {});
      const text = made("text", { y: 3 });
      title.textContent = name;
      text.textContent = letters;
      disc.append(title, made("circle", { r: SIZE }), text);
      one.ownerSVGElement?.append(disc);
      return disc;
    });
  });
  return () => {
    for (const one of all) one.remove();
  };
}
