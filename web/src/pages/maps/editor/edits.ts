import type { Card, Lane, List, MapDocument, Path, Stage, Step } from "./document";

/** An edit as the service takes it: its name, and its arguments beside it. */
export interface Edit {
  edit: string;
  [argument: string]: unknown;
}

type Fields = Record<string, unknown>;
interface Part {
  key: string;
}

export const put = (part: List, made: object[], behind?: string): Edit => ({
  edit: "put",
  part,
  made,
  ...(behind === undefined ? {} : { behind }),
});
export const change = (part: List, key: string, fields: Fields): Edit => ({
  edit: "change",
  part,
  key,
  fields,
});
export const move = (part: List, key: string, behind: string | null): Edit => ({
  edit: "move",
  part,
  key,
  behind,
});
export const remove = (part: List, keys: string[]): Edit => ({ edit: "remove", part, keys });

/** Some edits as one, which is undone as one. */
export function several(edits: Edit[]): Edit {
  return edits.length === 1 && edits[0] ? edits[0] : { edit: "several", edits };
}

/**
 * A map as it will look after an edit, until the service says how it is. What only the service can tell (what becomes
 * of cards when steps are split, say) is left as it was.
 */
export function applied(map: MapDocument, edit: Edit): MapDocument {
  const done = MAKERS[edit.edit];
  return done ? done(map, edit as never) : map;
}

type Maker = (map: MapDocument, edit: never) => MapDocument;

const MAKERS: Record<string, Maker> = {
  put: (map, { part, made, behind }: { part: List; made: Part[]; behind?: string }) =>
    withList(map, part, inserted(map[part], made, behind)),
  change: (map, { part, key, fields }: { part: List; key: string; fields: Fields }) =>
    withList(
      map,
      part,
      (map[part] as Part[]).map((one) => (one.key === key ? changed(one, fields) : one)),
    ),
  move: (map, { part, key, behind }: { part: List; key: string; behind: string | null }) => {
    const moved = (map[part] as Part[]).filter((one) => one.key === key);
    const rest = (map[part] as Part[]).filter((one) => one.key !== key);
    return withList(map, part, inserted(rest, moved, behind));
  },
  remove: (map, { part, keys }: { part: List; keys: string[] }) => without(map, part, new Set(keys)),
  describe: (map, { fields }: { fields: Fields }) => changed(map, fields) as MapDocument,
  add_step: (map, { step, behind }: { step: Step; behind?: string | null }) => {
    const order = map.stages.map((one) => one.key);
    const upTo = order.indexOf(step.stage);
    const last = map.steps.filter((one) => order.indexOf(one.stage) <= upTo).at(-1);
    return { ...map, steps: inserted(map.steps, [step], behind ?? last?.key ?? null) };
  },
  move_steps: (map, edit: { steps: string[]; stage?: string; behind?: string | null }) =>
    movedSteps(map, edit),
  move_stage: (map, { stage, behind }: { stage: string; behind?: string | null }) => {
    const moved = map.stages.filter((one) => one.key === stage);
    const rest = map.stages.filter((one) => one.key !== stage);
    return byStage({ ...map, stages: inserted(rest, moved, behind ?? null) });
  },
  paste: (map, { lane, step, table }: { lane: string; step: string; table: string[][] }) =>
    pasted(map, lane, step, table),
  several: (map, { edits }: { edits: Edit[] }) => edits.reduce(applied, map),
};

function withList(map: MapDocument, part: List, list: Part[]): MapDocument {
  return { ...map, [part]: list };
}

/** Parts behind another, or first (null), or last (undefined, or where the other is not there). */
function inserted<P extends Part>(list: P[], made: P[], behind: string | null | undefined): P[] {
  const found = list.findIndex((one) => one.key === behind);
  const place = behind === null ? 0 : found < 0 ? list.length : found + 1;
  return [...list.slice(0, place), ...made, ...list.slice(place)];
}

function changed<P extends object>(part: P, fields: Fields): P {
  const merged = Object.entries({ ...part, ...fields }).filter(([, value]) => value !== null);
  return Object.fromEntries(merged) as P;
}

function without(map: MapDocument, part: List, keys: Set<string>): MapDocument {
  const left = withList(
    map,
    part,
    (map[part] as Part[]).filter((one) => !keys.has(one.key)),
  );
  if (part === "stages") {
    return without(
      left,
      "steps",
      of(map.steps, (step) => keys.has(step.stage)),
    );
  }
  if (part === "lanes") {
    return without(
      left,
      "cards",
      of(map.cards, (card) => keys.has(card.lane)),
    );
  }
  if (part === "steps") {
    const paths = map.paths.map((path) => passing(path, (key) => !keys.has(key)));
    const kept = { ...left, cards: shortened(map, keys), paths: paths.filter((path) => path.steps.length) };
    return without(kept, "cards", new Set());
  }
  const there = new Set(left.cards.map((card) => card.key));
  return { ...left, links: left.links.filter((link) => there.has(link.source) && there.has(link.target)) };
}

const of = <P extends Part>(list: P[], goes: (one: P) => boolean) =>
  new Set(list.filter(goes).map((one) => one.key));

/** The cards once steps are gone: one that stood over others too stands over those. */
function shortened(map: MapDocument, gone: Set<string>): Card[] {
  const order = map.steps.map((step) => step.key);
  return map.cards.flatMap((card) => {
    const over = order.slice(order.indexOf(card.step), order.indexOf(card.until ?? card.step) + 1);
    const left = over.filter((key) => !gone.has(key));
    const [first] = left;
    if (first === undefined) return [];
    if (left.length === over.length) return [card];
    const { until: _, ...rest } = card;
    const last = left.at(-1);
    return [{ ...rest, step: first, ...(last !== first ? { until: last } : {}) }];
  });
}

/** The same path over some of its steps. */
export function passing(path: Path, there: (step: string) => boolean): Path {
  const { optional, ...rest } = path;
  const out = (optional ?? []).filter(there);
  return { ...rest, steps: path.steps.filter(there), ...(out.length ? { optional: out } : {}) };
}

function movedSteps(
  map: MapDocument,
  { steps, stage, behind }: { steps: string[]; stage?: string; behind?: string | null },
): MapDocument {
  const into = stage ?? map.steps.find((one) => one.key === behind)?.stage;
  if (into === undefined) return map;
  const moved = map.steps
    .filter((one) => steps.includes(one.key))
    .map((one) => (one.stage === into ? one : { ...one, stage: into }));
  const rest = map.steps.filter((one) => !steps.includes(one.key));
  const order = map.stages.map((one) => one.key);
  const before = rest.filter((one) => order.indexOf(one.stage) < order.indexOf(into)).at(-1);
  return { ...map, steps: inserted(rest, moved, behind ?? before?.key ?? null) };
}

function byStage(map: MapDocument): MapDocument {
  const order = new Map(map.stages.map((stage, place) => [stage.key, place]));
  const place = (step: Step) => order.get(step.stage) ?? 0;
  return { ...map, steps: [...map.steps].sort((a, b) => place(a) - place(b)) };
}

function pasted(map: MapDocument, lane: string, step: string, table: string[][]): MapDocument {
  const lanes = map.lanes.slice(map.lanes.findIndex((one) => one.key === lane));
  const steps = map.steps.slice(map.steps.findIndex((one) => one.key === step));
  const cards = [...map.cards];
  table.forEach((row, down) => {
    row.forEach((text, right) => {
      const into = lanes[down]?.key;
      const at = steps[right]?.key;
      const said = text.trim();
      if (!said || into === undefined || at === undefined) return;
      const there = cards.filter(
        (one) => one.lane === into && one.step === at && (one.kind ?? "text") === "text" && !one.until,
      );
      const words = { zh: said, en: said };
      const [only] = there;
      if (only && there.length === 1) cards[cards.indexOf(only)] = { ...only, text: words };
      else cards.push({ key: `new-${into}-${at}`, lane: into, step: at, text: words });
    });
  });
  return { ...map, cards };
}

/** A step before or behind another, a stage with a first step, and so on: what menus and keys do. */
export function newStep(map: MapDocument, at: Step, before: boolean, step: Step): Edit {
  const place = map.steps.indexOf(at);
  const previous = map.steps[place - 1];
  if (!before) return { edit: "add_step", step, behind: at.key };
  if (previous?.stage === at.stage) return { edit: "add_step", step, behind: previous.key };
  // First in its stage: it comes in last, then goes there.
  return several([
    { edit: "add_step", step },
    { edit: "move_steps", steps: [step.key], stage: at.stage },
  ]);
}

export function newStage(map: MapDocument, at: Stage, before: boolean, stage: Stage, step: Step): Edit {
  const edits = [put("stages", [stage], at.key), { edit: "add_step", step } as Edit];
  if (!before) return several(edits);
  const previous = map.stages[map.stages.indexOf(at) - 1];
  return several([...edits, { edit: "move_stage", stage: stage.key, behind: previous?.key ?? null }]);
}

export function newLane(map: MapDocument, lane: Lane, behind: string | null): Edit {
  const made = put("lanes", [lane], behind ?? undefined);
  return behind === null && map.lanes.length ? several([made, move("lanes", lane.key, null)]) : made;
}

/** A card into a cell: behind one of the cards there, or first in it. */
export function movedCard(
  map: MapDocument,
  card: Card,
  lane: string,
  step: string,
  behind: string | null,
): Edit | null {
  const edits: Edit[] = [];
  const order = map.steps.map((one) => one.key);
  if (card.lane !== lane || card.step !== step) {
    const long = card.until ? order.indexOf(card.until) - order.indexOf(card.step) : 0;
    const until = order[Math.min(order.indexOf(step) + long, order.length - 1)] ?? step;
    const fields: Fields = { lane, step };
    if (card.until) fields.until = until === step ? null : until;
    edits.push(change("cards", card.key, fields));
  }
  const there = map.cards.filter((one) => one.lane === lane && one.step === step && one.key !== card.key);
  const own = map.cards.filter((one) => one.lane === lane && one.step === step);
  const now = own[own.indexOf(card) - 1]?.key ?? null;
  const stays = card.lane === lane && card.step === step && now === behind;
  if (stays) return null;
  const after = behind ?? before(map, there[0]?.key);
  if (there.length > 0) edits.push(move("cards", card.key, after));
  return edits.length ? several(edits) : null;
}

/** What stands before a card in the list of all; null where it is first. */
function before(map: MapDocument, key: string | undefined): string | null {
  return map.cards[map.cards.findIndex((one) => one.key === key) - 1]?.key ?? null;
}
