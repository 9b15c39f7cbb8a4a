import type { Of } from "@/api/schemas";

type MapFrame = Of<"MapFrame">;

export type FrameEdit = { part: "frames" } & (
  | { edit: "put"; made: Record<string, unknown>[] }
  | { edit: "change"; key: string; fields: Record<string, unknown> }
  | { edit: "move"; key: string; behind: string | null }
  | { edit: "remove"; keys: string[] }
);

/** What of a change shows before it is answered: the place of a frame, and which steps and lanes it shows. */
export function edited(frames: MapFrame[], edit: FrameEdit): MapFrame[] {
  if (edit.edit === "remove") return frames.filter((one) => !edit.keys.includes(one.key));
  if (edit.edit === "change") {
    const { steps, lanes } = edit.fields as Partial<Record<"steps" | "lanes", string[] | null>>;
    const shows = {
      ...(steps !== undefined && { steps: steps ?? [] }),
      ...(lanes !== undefined && { lanes: lanes ?? [] }),
    };
    return frames.map((one) => (one.key === edit.key ? { ...one, ...shows } : one));
  }
  const moved = edit.edit === "move" && frames.find((one) => one.key === edit.key);
  if (!moved) return frames;
  const others = frames.filter((one) => one !== moved);
  const at = edit.behind === null ? 0 : others.findIndex((one) => one.key === edit.behind) + 1;
  return [...others.slice(0, at), moved, ...others.slice(at)];
}
