import { describe, expect, it } from "vitest";
import { moved, type Place, putBack, settled, sized, stepped } from "./layout";

const tile = (id: string, x: number, y: number, w = 6, h = 4): Place => ({ id, x, y, w, h });
const places = (tiles: Place[]) => Object.fromEntries(tiles.map(({ id, x, y }) => [id, [x, y]]));
const overlaps = (tiles: Place[]) =>
  tiles.some((a) =>
    tiles.some(
      (b) => a.id < b.id && a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h,
    ),
  );

describe("the grid of a board", () => {
  it("puts a tile back among those that are there by now", () => {
    const [a, b, c] = [tile("a", 0, 0), tile("b", 6, 0), tile("c", 0, 4)];
    const back = putBack([{ ...c, x: 6, y: 0 }], b, 1);
    expect(back.map((one) => one.id)).toEqual(["c", "b"]);
    expect(overlaps(back)).toBe(false);
    expect(places(putBack([b, c], a, 0))).toEqual({ a: [0, 0], b: [6, 0], c: [0, 4] });
    expect(putBack([a, b], b, 0)).toEqual([a, b]);
  });

  it("lets tiles fall upwards", () => {
    expect(places(settled([tile("a", 0, 3), tile("b", 0, 20), tile("c", 6, 1)]))).toEqual({
      a: [0, 0],
      b: [0, 4],
      c: [6, 0],
    });
  });

  it("makes room where a tile is put", () => {
    const tiles = [tile("a", 0, 0), tile("b", 6, 0), tile("c", 0, 4, 12)];
    expect(places(moved(tiles, "c", 0, 0))).toEqual({ a: [0, 4], b: [6, 4], c: [0, 0] });
  });

  it("passes a tile when the middle of the moved one does", () => {
    const tiles = [tile("a", 0, 0), tile("b", 0, 4)];
    expect(places(moved(tiles, "a", 0, 1))).toEqual(places(tiles));
    expect(places(moved(tiles, "a", 0, 3))).toEqual({ a: [0, 4], b: [0, 0] });
  });

  it("keeps tiles within its columns, and apart", () => {
    const tiles = [tile("a", 0, 0), tile("b", 6, 0), tile("c", 0, 4)];
    expect(places(moved(tiles, "a", 40, 0)).a).toEqual([6, 0]);
    const wide = sized(tiles, "a", 40, 3);
    expect(wide[0]?.w).toBe(12);
    expect(overlaps(wide)).toBe(false);
    expect(sized(tiles, "a", 0, 0)[0]).toMatchObject({ w: 3, h: 2 });
  });

  it("steps past the next tile by keys", () => {
    const tiles = [tile("a", 0, 0), tile("b", 0, 4), tile("c", 6, 0, 6, 8)];
    const down = stepped(tiles, "a", "down");
    expect(places(down)).toEqual({ a: [0, 4], b: [0, 0], c: [6, 0] });
    expect(places(stepped(down, "a", "up"))).toEqual(places(tiles));
    expect(stepped(tiles, "a", "up")).toEqual(tiles);
    expect(places(stepped([tile("a", 0, 0)], "a", "right"))).toEqual({ a: [1, 0] });
  });
});
