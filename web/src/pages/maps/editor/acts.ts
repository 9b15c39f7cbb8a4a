import type { Lang } from "@/words/key";
import { type Card, type MapDocument, newKey, rewritten } from "./document";
import { change, type Edit, movedCard, put, remove, several } from "./edits";
import { unmarked } from "./markdown";
import {
  box,
  cardsAt,
  HEADS,
  type Place,
  type Selected,
  STAGES,
  STEPS,
  stretch,
  type Table,
  within,
} from "./places";

/** What is done with what is selected, as edits. Nothing here knows of the screen. */

/** What has been written at a place: the card that is meant, or a new one; in a head its name. */
export function wrote(
  of: Table,
  { row, col, card }: Place,
  lang: Lang,
  text: string,
  fresh: string,
): Edit | null {
  if (row < 0 || col < 0) return renamed(of, row, col, lang, text);
  const lane = of.lanes[row];
  const step = of.columns[col]?.step;
  const there = of.map.cards.find((one) => one.key === card);
  if (there) {
    const words = rewritten(there.text, lang, text);
    if (words?.[lang] === there.text?.[lang]) return null;
    if (words || there.image) return change("cards", there.key, { text: words });
    return remove("cards", [there.key]);
  }
  const words = rewritten(undefined, lang, text);
  if (!lane || !step || !words) return null;
  return put("cards", [{ key: fresh, lane: lane.key, step: step.key, ...kindIn(lane.role), text: words }]);
}

/** What a card is that is written in a lane of its own kind. */
function kindIn(role: string): { kind?: string } {
  const kinds: Record<string, string> = {
    pains: "pain",
    gains: "gain",
    needs: "need",
    insights: "insight",
    opportunities: "opportunity",
  };
  const kind = kinds[role];
  return kind ? { kind } : {};
}

function renamed(of: Table, row: number, col: number, lang: Lang, text: string): Edit | null {
  const column = of.columns[col];
  const [part, one, field] =
    row === STAGES
      ? (["stages", column?.stage, "name"] as const)
      : row === STEPS
        ? (["steps", column?.step, "name"] as const)
        : (["lanes", of.lanes[row], "label"] as const);
  if (!one) return null;
  const was = "label" in one ? one.label : one.name;
  const words = rewritten(was, lang, text);
  return words && words[lang] !== was[lang] ? change(part, one.key, { [field]: words }) : null;
}

/** The cards in what is selected: the one that is meant, or all of several cells. */
export function chosenCards(of: Table, selected: Selected): Card[] {
  const all = box(selected);
  if (all.top < 0 || all.left < 0) return [];
  const one = all.top === all.bottom && all.left === all.right;
  if (one && selected.at.card) return of.map.cards.filter((card) => card.key === selected.at.card);
  const found: Card[] = [];
  for (let row = all.top; row <= all.bottom; row++)
    for (let col = all.left; col <= all.right; col++) found.push(...cardsAt(of, row, col));
  return found;
}

export function chosenSteps(of: Table, selected: Selected): string[] {
  const all = box(selected);
  if (all.top !== STEPS || all.bottom !== STEPS) return [];
  return of.columns.slice(all.left, all.right + 1).flatMap((one) => one.step?.key ?? []);
}

export function chosenStages(of: Table, selected: Selected): string[] {
  const all = box(selected);
  if (all.top !== STAGES || all.bottom !== STAGES) return [];
  const [, last] = stretch(of, all.right);
  return [...new Set(of.columns.slice(all.left, last + 1).map((one) => one.stage.key))];
}

export function chosenLanes(of: Table, selected: Selected): string[] {
  const all = box(selected);
  if (all.left !== HEADS || all.right !== HEADS) return [];
  return of.lanes.slice(all.top, all.bottom + 1).map((lane) => lane.key);
}

/** Without what is selected; the last step and the last stage stay. */
export function removed(of: Table, selected: Selected): Edit | null {
  const steps = chosenSteps(of, selected);
  const stages = chosenStages(of, selected);
  const lanes = chosenLanes(of, selected);
  const cards = chosenCards(of, selected);
  if (steps.length) return remove("steps", steps);
  if (stages.length) return stages.length < of.map.stages.length ? remove("stages", stages) : null;
  if (lanes.length) return remove("lanes", lanes);
  return cards.length
    ? remove(
        "cards",
        cards.map((card) => card.key),
      )
    : null;
}

/** What is selected moved by a step or a lane; null where it is at the edge. */
export function nudged(of: Table, selected: Selected, right: number, down: number): Edit | null {
  const stages = chosenStages(of, selected);
  if (stages.length) return right ? nudgedStage(of.map, stages, right) : null;
  const steps = chosenSteps(of, selected);
  if (steps.length) return right ? nudgedSteps(of, steps, right) : null;
  const lanes = chosenLanes(of, selected);
  if (lanes.length) return down ? nudgedLane(of, lanes, down) : null;
  const cards = chosenCards(of, selected);
  const [card] = cards;
  if (!card) return null;
  if (cards.length === 1 && down) {
    const there = cardsAt(of, selected.at.row, selected.at.col);
    const place = there.indexOf(card);
    if (there[place + down]) {
      const behind = down > 0 ? there[place + 1] : there[place - 2];
      return movedCard(of.map, card, card.lane, card.step, behind?.key ?? null);
    }
  }
  const moves = cards.map((one) => carried(of, one, right, down));
  return moves.every((one) => one !== null) ? several(moves) : null;
}

/** A card so many steps and lanes further, behind all that are there. */
export function carried(of: Table, card: Card, right: number, down: number): Edit | null {
  const row = of.lanes.findIndex((lane) => lane.key === card.lane) + down;
  const from = of.columns.findIndex((one) => one.step?.key === card.step);
  let col = from + right;
  while (of.columns[col] && !of.columns[col]?.step) col += Math.sign(right) || 1;
  const lane = of.lanes[row];
  const step = of.columns[col]?.step;
  if (!lane || !step) return null;
  const behind = cardsAt(of, row, col).findLast((one) => one !== card);
  return movedCard(of.map, card, lane.key, step.key, behind?.key ?? null);
}

function nudgedSteps(of: Table, steps: string[], right: number): Edit | null {
  const place = (key: string | undefined) => of.columns.findIndex((one) => one.step?.key === key);
  const edge = of.columns[right > 0 ? place(steps.at(-1)) : place(steps[0])];
  const next = of.columns[(right > 0 ? place(steps.at(-1)) : place(steps[0])) + right];
  if (!edge || !next) return null;
  const move = (stage: string, behind: string | null): Edit => ({ edit: "move_steps", steps, stage, behind });
  const own = of.map.steps.filter((one) => one.stage === next.stage.key && !steps.includes(one.key));
  if (next.stage !== edge.stage) {
    // Over the border it comes to stand at that end of the other stage.
    return move(next.stage.key, right > 0 ? null : (own.at(-1)?.key ?? null));
  }
  const at = own.findIndex((one) => one.key === next.step?.key);
  return move(next.stage.key, right > 0 ? (next.step?.key ?? null) : (own[at - 1]?.key ?? null));
}

function nudgedStage(map: MapDocument, stages: string[], right: number): Edit | null {
  const order = map.stages.map((one) => one.key);
  const [only] = stages;
  if (stages.length > 1 || only === undefined) return null;
  const at = order.indexOf(only);
  if (!order[at + right]) return null;
  const behind = right > 0 ? order[at + 1] : order[at - 2];
  return { edit: "move_stage", stage: only, behind: behind ?? null };
}

function nudgedLane(of: Table, lanes: string[], down: number): Edit | null {
  const [only] = lanes;
  if (lanes.length > 1 || only === undefined) return null;
  const at = of.lanes.findIndex((lane) => lane.key === only);
  const next = of.lanes[at + down];
  if (!next) return null;
  const order = of.map.lanes.map((lane) => lane.key).filter((key) => key !== only);
  const to = order.indexOf(next.key);
  return { edit: "move", part: "lanes", key: only, behind: down > 0 ? next.key : (order[to - 1] ?? null) };
}

/** A card that ends so many steps later. */
export function widened(of: Table, card: Card, by: number): Edit | null {
  const steps = of.map.steps.map((one) => one.key);
  const from = steps.indexOf(card.step);
  const to = steps.indexOf(card.until ?? card.step) + by;
  if (to < from || to >= steps.length || by === 0) return null;
  return change("cards", card.key, { until: to === from ? null : (steps[to] ?? null) });
}

/** A link from a card to another; null where there is one already, or where both are the same. */
export function joined(map: MapDocument, source: string, target: string): Edit | null {
  const there = map.links.some((link) => link.source === source && link.target === target);
  return there || source === target ? null : put("links", [{ key: newKey(), source, target }]);
}

/** Cells of the clipboard: the texts, and within Lvtu the cards themselves. */
export interface Copied {
  texts: string[][];
  cards: Omit<Card, "key" | "lane" | "step" | "until">[][][];
}

export function copied(of: Table, selected: Selected, lang: Lang): Copied {
  const all = box(selected);
  const alone = chosenCards(of, selected);
  const one = all.top === all.bottom && all.left === all.right && selected.at.card !== null;
  const texts: string[][] = [];
  const cards: Copied["cards"] = [];
  for (let row = all.top; row <= all.bottom; row++) {
    const line: string[] = [];
    const kept: Copied["cards"][number] = [];
    for (let col = all.left; col <= all.right; col++) {
      const there = one ? alone : cardsAt(of, row, col);
      line.push(
        row < 0 || col < 0
          ? headed(of, row, col, lang)
          : there.map((card) => unmarked(card.text?.[lang] ?? "")).join("\n"),
      );
      kept.push(there.map(({ key: _, lane: __, step: ___, until: ____, ...rest }) => rest));
    }
    texts.push(line);
    cards.push(kept);
  }
  return { texts, cards };
}

function headed(of: Table, row: number, col: number, lang: Lang): string {
  if (row === STAGES) return of.columns[col]?.stage.name[lang] ?? "";
  if (row === STEPS) return of.columns[col]?.step?.name[lang] ?? "";
  return of.lanes[row]?.label[lang] ?? "";
}

/** Cards of the clipboard into cells, from one on; what has no room is left out. */
export function putCards(of: Table, at: Place, cards: Copied["cards"]): Edit | null {
  const made = cards.flatMap((line, down) =>
    line.flatMap((cell, right) => {
      const lane = of.lanes[at.row + down];
      const step = of.columns[at.col + right]?.step;
      return lane && step
        ? cell.map((card) => ({ ...card, key: newKey(), lane: lane.key, step: step.key }))
        : [];
    }),
  );
  return made.length ? put("cards", made) : null;
}

/** How a table fits from a place on: what it lacks, and the edit that puts what fits into cells. */
export interface Fits {
  steps: number;
  lanes: number;
  /** The texts that stand in lanes and steps that are there. */
  edit: Edit | null;
  /** Texts for which there is no cell. */
  over: number;
}

export function fits(of: Table, at: Place, table: string[][]): Fits {
  const wide = Math.max(0, ...table.map((row) => row.length));
  const real = of.columns.slice(at.col).filter((one) => one.step);
  const rows = of.lanes.slice(at.row);
  const inside = table.slice(0, rows.length).map((row) => row.slice(0, real.length));
  const count = (some: string[][]) => some.flat().filter((text) => text.trim()).length;
  // Each lane by itself: lanes that are not shown now may lie between two that are.
  const edits = inside.flatMap((row, down) => {
    const lane = rows[down]?.key;
    const step = real[0]?.step?.key;
    return lane && step && row.some((text) => text.trim())
      ? [{ edit: "paste", lane, step, table: [row] }]
      : [];
  });
  return {
    steps: Math.max(0, wide - real.length),
    lanes: Math.max(0, table.length - rows.length),
    edit: edits.length ? several(edits) : null,
    over: count(table) - count(inside),
  };
}

/** The same table, with steps and lanes added for what has no room. */
export function grown(
  of: Table,
  at: Place,
  table: string[][],
  name: (part: "step" | "lane", number: number) => { zh: string; en: string },
): Edit {
  const { steps, lanes } = fits(of, at, table);
  const stage = of.map.stages.at(-1)?.key ?? "";
  const moreSteps = Array.from({ length: steps }, (_, n) => ({ key: newKey(), name: name("step", n + 1) }));
  const moreLanes = Array.from({ length: lanes }, (_, n) => ({
    key: newKey(),
    role: "custom",
    label: name("lane", n + 1),
  }));
  const columns = [
    ...of.columns.slice(at.col).flatMap((one) => one.step?.key ?? []),
    ...moreSteps.map((one) => one.key),
  ];
  const rows = [...of.lanes.slice(at.row).map((lane) => lane.key), ...moreLanes.map((one) => one.key)];
  return several([
    ...moreSteps.map((step) => ({ edit: "add_step", step: { ...step, stage } })),
    ...(moreLanes.length ? [put("lanes", moreLanes)] : []),
    ...table.flatMap((row, down) => {
      const lane = rows[down];
      const [step] = columns;
      return lane && step && row.some((text) => text.trim())
        ? [{ edit: "paste", lane, step, table: [row] }]
        : [];
    }),
  ]);
}

/** Whether something that is selected is in a lane that is locked. */
export function lockedLane(of: Table, selected: Selected) {
  const all = box(selected);
  if (all.left < 0) return undefined;
  return of.lanes.find((lane, row) => lane.locked && within(all, row, all.left));
}
