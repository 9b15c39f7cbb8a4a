import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { get, of, send } from "@/api/http";
import { ProblemError } from "@/api/problem";
import type { Of } from "@/api/schemas";
import { useSession } from "@/hooks/useSession";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { refused as tellRefused, told } from "@/parts/notice";
import { useSay } from "@/words/say";
import { useOthersChanges } from "../together/useTogether";
import type { MapOf } from "../useMaps";
import { lockedLane } from "./acts";
import { away, pause } from "./away";
import { type Answer, Desk, type Task } from "./desk";
import type { Both, MapDocument } from "./document";
import type { Edit } from "./edits";
import {
  columnsOf,
  followed,
  HEADS,
  held,
  only,
  type Place,
  type Selected,
  STAGES,
  STEPS,
  type Table,
  table,
} from "./places";
import { lanesShown, type Shown } from "./shown";
import { keep, takeOver } from "./unsent";

/** What the service says where somebody else was first. */
const MEANWHILE = new Set([
  "edited_meanwhile",
  "removed_meanwhile",
  "map_changed",
  "map_moved_on",
  "card_locked",
]);

/** A map to work on: what is seen of it, what is selected, and what can be done. */
export function useBench(id: string, given: MapOf, shown: Shown) {
  const say = useSay();
  const ws = useWorkspaceName();
  const client = useQueryClient();
  const me = useSession().data?.person?.id ?? "";
  const [heard, hear] = useState("");
  const spoken = useRef(say);
  spoken.current = say;

  // The same words twice are heard twice.
  const announce = (words: string) =>
    hear((before) => (words && before === words ? `${words}\u200b` : words));

  const [desk] = useState(() => {
    const ask = (name: string, { once }: Task, body?: object) =>
      send<Answer>("POST", of(ws, "maps", id, name), body, { once });
    const reload = async () => {
      const map = await client.fetchQuery<MapOf>({
        queryKey: ["map", ws, id, spoken.current.lang],
        queryFn: () => get<MapOf>(of(ws, "maps", id)),
        staleTime: 0,
      });
      made.load(map.document, map.step);
    };
    const made: Desk = new Desk(given.document, given.step, {
      send: (task) =>
        "edit" in task ? ask("edits", task, { ...task.edit, seen: task.seen }) : ask(task.take, task),
      away,
      pause,
      keep: (unsent) => keep(ws, id, me, unsent),
      refused: (error, task) => {
        announce(error.message);
        // What was made offline stays in sight until somebody decides on it.
        const late = made.refusals().some((one) => one.task === task);
        const first = error instanceof ProblemError && MEANWHILE.has(error.body.code);
        if (!late)
          tellRefused(
            first ? new Error(`${error.message} — ${spoken.current("web.maps.edit.not_kept")}`) : error,
          );
        if (first) reload().catch(() => undefined);
      },
    });
    return made;
  });
  const map = useSyncExternalStore(desk.subscribe, desk.seen);
  const step = useSyncExternalStore(desk.subscribe, () => desk.step);
  const busy = useSyncExternalStore(desk.subscribe, () => desk.busy);

  // What a tab that is gone could not send is sent now.
  useEffect(() => {
    takeOver(ws, id, me, (unsent) => {
      desk.restore(unsent);
      const n = unsent.tasks.length;
      if (n) told(spoken.current("web.maps.edit.restored", { n }));
    }).catch(() => undefined);
  }, [ws, id, me, desk]);

  useOthersChanges(id, step, ({ step: newest, edits }) => {
    if (newest <= desk.step) return;
    const others = [...new Set(edits.filter((one) => !one.yours).map((one) => one.by))];
    get<MapOf>(of(ws, "maps", id))
      .then((now) => {
        desk.load(now.document, now.step);
        if (others.length === 0) return;
        const who = others.join(say("web.maps.edit.and"));
        announce(say("web.maps.edit.others", { who }));
      })
      .catch(() => undefined);
  });

  // What was changed beside the grid (by “show with…”, say) has come with the map.
  useEffect(() => desk.load(given.document, given.step), [desk, given]);

  // What the data say is asked anew when what is asked is otherwise.
  const { bindings, steps, paths } = map;
  const questions = useMemo(() => asks({ bindings, steps, paths }), [bindings, steps, paths]);
  const answered = useRef(questions);
  useEffect(() => {
    if (busy || answered.current === questions) return;
    answered.current = questions;
    for (const kind of ["map-answers", "map-choices"]) client.invalidateQueries({ queryKey: [kind, ws, id] });
  }, [busy, questions, client, ws, id]);

  const back = useQuery({
    queryKey: ["map-undoable", ws, id, step, say.lang],
    queryFn: ({ signal }) =>
      get<Of<"MapUndoable">>(of(ws, "maps", id, "undoable"), { lang: say.lang }, signal),
    enabled: !busy,
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
  const undoable: Partial<Of<"MapUndoable">> = busy || back.isPlaceholderData ? {} : (back.data ?? {});

  // What else shows the map looks at it anew when one leaves.
  useEffect(
    () => () => {
      for (const kind of ["map", "map-picture", "map-answers", "map-history", "maps"])
        client.invalidateQueries({ queryKey: [kind, ws] });
    },
    [client, ws],
  );

  const lanes = useMemo(() => lanesShown(map, shown), [map, shown]);
  const columns = useMemo(() => columnsOf(map.stages, map.steps), [map.stages, map.steps]);
  const seen = useMemo(() => table(map, lanes, columns), [map, lanes, columns]);
  const [selected, setSelected] = useState<Selected>(() => only({ row: 0, col: 0, card: null }));
  const [before, setBefore] = useState(seen);
  if (before !== seen) {
    setBefore(seen);
    setSelected(followed(selected, before, seen));
  }
  const now = useRef<{ table: Table; selected: Selected }>({ table: seen, selected });
  now.current = { table: seen, selected };

  const select = (next: Selected) => {
    const at = held(now.current.table, next.at);
    const from = held(now.current.table, { ...next.from, card: null });
    now.current.selected = { at, from: { row: from.row, col: from.col } };
    setSelected(now.current.selected);
  };
  const go = (place: Place) => select(only(place));

  /** Select the head of what was just made, once it is drawn. */
  const goHead = (key: string) =>
    requestAnimationFrame(() => {
      const { columns, lanes } = now.current.table;
      const step = columns.findIndex((one) => one.step?.key === key);
      const stage = columns.findIndex((one) => one.stage.key === key);
      const row = lanes.findIndex((one) => one.key === key);
      if (step >= 0) go({ row: STEPS, col: step, card: null });
      else if (stage >= 0) go({ row: STAGES, col: stage, card: null });
      else if (row >= 0) go({ row, col: HEADS, card: null });
    });

  /** Select a card, where its lane is shown. */
  const goCard = (key: string) => {
    const of = now.current.table;
    const card = of.map.cards.find((one) => one.key === key);
    const row = of.lanes.findIndex((one) => one.key === card?.lane);
    const col = of.columns.findIndex((one) => one.step?.key === card?.step);
    if (row >= 0 && col >= 0) go({ row, col, card: key });
  };

  /** Say something that is seen and heard. */
  const tell = (words: string) => {
    told(words);
    announce(words);
  };
  /** Say that a lane is locked, if one of these is; whether one is. */
  const closed = (rows: number[]): boolean => {
    const lane = rows.map((row) => now.current.table.lanes[row]).find((one) => one?.locked);
    if (!lane) return false;
    tell(say("web.maps.edit.lane_locked", { lane: lane.label[say.lang] }));
    return true;
  };
  /** Make an edit; what is said with it is heard. */
  const edit = (made: Edit | null, heard?: string): boolean => {
    if (!made) return false;
    desk.edit(made);
    // What comes next may be about what was just made, before it is drawn.
    now.current.table = table(desk.document, lanesShown(desk.document, shown));
    if (heard) announce(heard);
    return true;
  };
  /** Take an edit back, or make it again, and say which. */
  const turn = (way: "undo" | "redo") => {
    const does = undoable[way];
    const label = say(`web.do.${way}`);
    if (does === null) return announce(say(`web.maps.edit.nothing_${way}`));
    desk[way]();
    announce(does ? say("web.maps.edit.back", { label, does }) : label);
  };
  /** What departments, or systems, are called in both languages. */
  const called = (field: "departments" | "systems", names: Both[]) =>
    edit({ edit: "describe", fields: { [field]: names.length ? names : null } });
  const closedHere = () => {
    const lane = lockedLane(now.current.table, now.current.selected);
    return lane ? closed([now.current.table.lanes.indexOf(lane)]) : false;
  };
  return {
    id,
    map,
    table: seen,
    selected,
    desk,
    busy,
    heard,
    announce,
    tell,
    undoable,
    select,
    go,
    goCard,
    goHead,
    edit,
    turn,
    called,
    closed,
    closedHere,
    /** As they are this moment: for what listens outside of React. */
    now,
  };
}

/** Everything of the map that the numbers in it depend on, as one text. */
const asks = ({ bindings, steps, paths }: Pick<MapDocument, "bindings" | "steps" | "paths">): string =>
  JSON.stringify([
    bindings,
    paths.map(({ name: _, ...rest }) => rest),
    steps.map(({ name: _, owner: __, person: ___, expectation: ____, ...rest }) => rest),
  ]);

export type Bench = ReturnType<typeof useBench>;
