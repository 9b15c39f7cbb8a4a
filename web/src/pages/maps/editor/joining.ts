import classes from "./Arrows.module.css";
import { drag } from "./drag";
import type { Press } from "./usePointer";

const SVG = "http://www.w3.org/2000/svg";

/** Draw a link from a card to the one where the pointer is let go. */
export function dragLink({ event, scroll, hands, held }: Press, shown: HTMLElement, source: string): void {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", classes.joining ?? "");
  const line = svg.appendChild(document.createElementNS(SVG, "line"));
  scroll.querySelector("[data-sheet]")?.append(svg);
  drag<string>(
    event,
    scroll,
    {
      shown: null,
      framed: true,
      over: ({ x, y, left, top }, ground) => {
        const from = ground.spot(shown);
        line.setAttribute("x1", `${from.left + from.width / 2}`);
        line.setAttribute("y1", `${from.top + from.height}`);
        line.setAttribute("x2", `${x}`);
        line.setAttribute("y2", `${y}`);
        const under = document.elementFromPoint(left, top)?.closest<HTMLElement>("[data-card]");
        const target = under?.dataset.card;
        return under && target && target !== source ? { drop: target, spot: ground.spot(under) } : null;
      },
      drop: (target) => hands.join(source, target),
      end: () => svg.remove(),
    },
    held,
  );
}
