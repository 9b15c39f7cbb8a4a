/** Names beside points, where they lie neither on each other nor on a point. */

export interface Point {
  x: number;
  y: number;
  text: string;
}

export interface Label {
  x: number;
  y: number;
  text: string;
  anchor: "start" | "end" | "middle";
}

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

const SIZE = 11;
const GAP = 8;
const MOST = 18;

/** How wide a text is, estimated: a Chinese character is as wide as it is high. */
function widthOf(text: string): number {
  let wide = 0;
  for (const one of text) wide += (one.codePointAt(0) ?? 0) > 0x2e7f ? SIZE : SIZE * 0.56;
  return wide;
}

function shortened(text: string): string {
  const most = [...text].some((one) => (one.codePointAt(0) ?? 0) > 0x2e7f) ? MOST * 0.7 : MOST * 1.6;
  return text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text;
}

const apart = (a: Box, b: Box) =>
  a.right < b.left || b.right < a.left || a.bottom < b.top || b.bottom < a.top;

/** A label for each point, the first ones first; none for those that no room is left for. */
export function placed(points: Point[], width: number, height: number): (Label | null)[] {
  const taken: Box[] = points.map(({ x, y }) => ({ left: x - 6, right: x + 6, top: y - 6, bottom: y + 6 }));
  return points.map(({ x, y, text }, own) => {
    const said = shortened(text);
    const wide = widthOf(said);
    const tries: [Label, Box][] = [
      [{ x: x + GAP, y: y + 4, text: said, anchor: "start" }, box(x + GAP, y + 4, wide)],
      [{ x: x - GAP, y: y + 4, text: said, anchor: "end" }, box(x - GAP - wide, y + 4, wide)],
      [{ x, y: y - GAP - 1, text: said, anchor: "middle" }, box(x - wide / 2, y - GAP - 1, wide)],
      [{ x, y: y + GAP + 9, text: said, anchor: "middle" }, box(x - wide / 2, y + GAP + 9, wide)],
      [{ x: x + GAP, y: y - 7, text: said, anchor: "start" }, box(x + GAP, y - 7, wide)],
      [{ x: x - GAP, y: y - 7, text: said, anchor: "end" }, box(x - GAP - wide, y - 7, wide)],
    ];
    for (const [label, room] of tries) {
      const inside = room.left >= 0 && room.right <= width && room.top >= 0 && room.bottom <= height;
      if (inside && taken.every((other, place) => place === own || apart(room, other))) {
        taken.push(room);
        return label;
      }
    }
    return null;
  });
}

function box(left: number, baseline: number, wide: number): Box {
  return { left, right: left + wide, top: baseline - SIZE + 1, bottom: baseline + 2 };
}
