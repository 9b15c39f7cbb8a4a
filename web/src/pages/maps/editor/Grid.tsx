import { IconPlus } from "@tabler/icons-react";
import { type CSSProperties, type MouseEvent, type RefObject, useEffect, useMemo, useRef } from "react";
import { useSay } from "@/words/say";
import { placesOn } from "../plan/plan";
import { type MapAnswers, useMapAnswers } from "../useMaps";
import { Arrows } from "./Arrows";
import { byLane } from "./answered";
import { type Card, calledIn, cardsByLane, shared } from "./document";
import { dragged } from "./drag";
import classes from "./Grid.module.css";
import { StageHead, StepHead } from "./Heads";
import { LaneRow } from "./LaneRow";
import { box, STAGES, STEPS, stretch } from "./places";
import { role } from "./roles";
import type { Bench } from "./useBench";
import { useNames } from "./useNames";
import { placeAt, pressed } from "./usePointer";

interface Props {
  bench: Bench;
  scroll: RefObject<HTMLDivElement | null>;
  folded: (lane: string) => boolean;
  fold: (row: number) => void;
  locks: Readonly<Record<string, string>>;
  addStep: (col: number) => void;
  addLane: () => void;
  menu: (x: number, y: number) => void;
  write: () => void;
  fresh: () => void;
  join: (source: string, target: string) => void;
  /** The card for which one looks for another that it leads to. */
  linking: string | null;
  /** Whether a click in a cell begins a card there. */
  sticky: boolean;
  /** Whether a touch selects what lies between as well. */
  several: boolean;
  refocus: () => void;
  /** Keep what is being written where it was begun: somebody goes elsewhere. */
  finish: () => void;
  /** What is seen of it where nothing is in it yet. */
  begin: React.ReactNode;
  /** The pen. */
  children: React.ReactNode;
}

const NONE: Card[] = [];

/** Stages and steps above, lanes at the left, cards in the cells: everything of the map at once, in one surface. */
export function Grid({
  bench,
  scroll,
  folded,
  fold,
  locks,
  addStep,
  addLane,
  menu,
  write,
  fresh,
  join,
  linking,
  sticky,
  several,
  refocus,
  finish,
  begin,
  children,
}: Props) {
  const say = useSay();
  const { map, table, selected, now } = bench;
  const answers = useMapAnswers(bench.id).data;
  const figures = useMemo(() => byLane(answers), [answers]);
  const chips = useChips(bench);
  const quotes = useMemo(() => said(answers), [answers]);
  const cards = useCards(map.cards);
  const links = useMemo(() => {
    const count = new Map<string, number>();
    for (const { source } of map.links) count.set(source, (count.get(source) ?? 0) + 1);
    return count;
  }, [map.links]);
  const plan = useMemo(() => placesOn(map.paths), [map.paths]);
  const all = box(selected);
  const { at } = selected;
  const columns = { "--columns": table.columns.length } as CSSProperties;
  const within = (row: number, col: number) =>
    row >= all.top && row <= all.bottom && col >= all.left && col <= all.right;
  const firsts = table.columns.flatMap((_, col) => {
    const [first, last] = stretch(table, col);
    return first === col ? [{ col, span: last - first + 1 }] : [];
  });
  const hands = {
    table: () => now.current.table,
    selected: () => now.current.selected,
    select: bench.select,
    edit: (made: Parameters<Bench["edit"]>[0], rows: number[]) => {
      if (made && !bench.closed(rows)) bench.edit(made, say("web.maps.edit.moved"));
    },
    menu,
    extends: () => several,
    fold,
    addStep,
    locked: (card: string) => locks[card] !== undefined,
    write: () => {
      const { row, col, card } = now.current.selected.at;
      if (row >= 0 && col >= 0 && card === null) fresh();
      else write();
    },
    join,
  };
  // A finger that drags something does not scroll: that has to be said before the browser begins to.
  useEffect(() => {
    const area = scroll.current;
    const stay = (event: TouchEvent) => dragged() && event.preventDefault();
    area?.addEventListener("touchmove", stay, { passive: false });
    return () => area?.removeEventListener("touchmove", stay);
  }, [scroll]);
  return (
    <section
      ref={scroll}
      className={classes.scroll}
      style={columns}
      aria-label={say("web.maps.edit.grid")}
      aria-busy={bench.busy}
      data-sticky={sticky || undefined}
      onPointerDown={(event) => {
        if (!scroll.current) return;
        if (!(event.target as HTMLElement).closest("[data-pen]")) finish();
        const card = (event.target as HTMLElement).closest<HTMLElement>("[data-card]")?.dataset.card;
        if (linking && card && card !== linking) {
          event.preventDefault();
          join(linking, card);
          return;
        }
        pressed(event, scroll.current, hands);
        if (!(event.target as HTMLElement).closest("[data-pen], a")) refocus();
      }}
      // A note begins where the pointer is let go, once what that selects is selected.
      onPointerUp={(event) => {
        const elsewhere = "[data-pen], a, button, [data-card], [data-lane], [role=columnheader]";
        if (!sticky || event.button !== 0 || (event.target as HTMLElement).closest(elsewhere)) return;
        setTimeout(() => {
          const { at, from } = now.current.selected;
          if (at.row === from.row && at.col === from.col && at.row >= 0 && at.col >= 0) fresh();
        });
      }}
      // The keys stay with the pen: what is pressed does not take them.
      onMouseDown={(event) => {
        if (!(event.target as HTMLElement).closest("[data-pen], a")) event.preventDefault();
      }}
      onDoubleClick={(event) => {
        const target = event.target as HTMLElement;
        if (target.closest("[data-pen], a, button")) return;
        if (target.closest("[data-card], [data-lane], [data-col]")) write();
        else fresh();
      }}
      onContextMenu={(event: MouseEvent) => {
        const place = scroll.current && placeAt(event, scroll.current, now.current.table);
        if (!place || (event.target as HTMLElement).closest("[data-pen]")) return;
        event.preventDefault();
        if ((event.nativeEvent as globalThis.PointerEvent).pointerType === "touch") return; // it takes hold
        if (!within(place.row, place.col) || place.card !== at.card) bench.go(place);
        menu(event.clientX, event.clientY);
      }}
    >
      <div className={classes.sheet} data-sheet>
        <div {...role.grid(map.title[say.lang], table.lanes.length + 2, table.columns.length + 2)}>
          <div className={classes.heads} {...role.group}>
            <div {...role.row(1)} data-row={STAGES} className={classes.line}>
              <div {...role.head(false)} className={classes.corner} data-corner>
                {say("web.maps.edit.stages")}
              </div>
              <div className={classes.tracks} role="presentation">
                {firsts.map(({ col, span }) => {
                  const stage = table.columns[col]?.stage;
                  if (!stage) return null;
                  return (
                    <StageHead
                      key={stage.key}
                      stage={stage}
                      col={col}
                      span={span}
                      chosen={within(STAGES, col)}
                      active={at.row === STAGES && at.col === col}
                    />
                  );
                })}
              </div>
            </div>
            <div {...role.row(2)} data-row={STEPS} className={classes.line}>
              <div {...role.head(false)} className={classes.corner}>
                {say("web.maps.edit.steps")}
              </div>
              <div className={classes.tracks} role="presentation">
                {table.columns.map(({ step, stage }, col) => (
                  <StepHead
                    key={step?.key ?? `stage-${stage.key}`}
                    step={step}
                    col={col}
                    planned={step ? plan.get(step.key)?.place : undefined}
                    optional={(step && plan.get(step.key)?.optional) ?? false}
                    customers={step ? answers?.volume[step.key] : undefined}
                    chosen={within(STEPS, col)}
                    active={at.row === STEPS && at.col === col}
                  />
                ))}
                <div {...role.column(table.columns.length + 2, false)} className={classes.beyond}>
                  <button
                    type="button"
                    tabIndex={-1}
                    aria-label={say("web.maps.edit.add_step")}
                    title={say("web.maps.edit.add_step")}
                    onClick={() => addStep(table.columns.length - 1)}
                  >
                    <IconPlus size={14} aria-hidden />
                  </button>
                </div>
              </div>
            </div>
          </div>
          <div {...role.group}>
            {table.lanes.map((lane, row) => {
              const inside = row >= all.top && row <= all.bottom;
              return (
                <LaneRow
                  key={lane.key}
                  id={bench.id}
                  lane={lane}
                  row={row}
                  columns={table.columns}
                  cards={cards[lane.key] ?? NONE}
                  bindings={map.bindings}
                  links={links}
                  figures={figures.get(lane.kind === "bars" ? "volume" : lane.key)}
                  chips={chips.get(lane.key)}
                  quotes={lane.role === "thoughts" ? quotes : undefined}
                  folded={folded(lane.key)}
                  left={inside ? all.left : null}
                  right={inside ? all.right : null}
                  activeCol={at.row === row ? at.col : null}
                  activeCard={at.row === row ? at.card : null}
                  locks={locks}
                />
              );
            })}
          </div>
        </div>
        <Arrows bench={bench} scroll={scroll} />
        {begin}
        <button type="button" className={classes.below} tabIndex={-1} onClick={addLane}>
          <IconPlus size={13} aria-hidden />
          {say("web.maps.edit.add_lane")}
        </button>
      </div>
      {children}
    </section>
  );
}

/** The cards of each lane; of a lane in which none changed the same list, so that it is not drawn again. */
function useCards(cards: Card[]): Record<string, Card[]> {
  const before = useRef<Record<string, Card[]>>({});
  return useMemo(() => {
    before.current = shared(before.current, cardsByLane(cards));
    return before.current;
  }, [cards]);
}

const QUOTES = 2;

/** What customers said at each step: the first of it. */
function said(answers: MapAnswers | undefined): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { step, text } of answers?.quotes ?? []) {
    const there = found.get(step) ?? [];
    if (there.length < QUOTES) found.set(step, [...there, text]);
  }
  return found;
}

/** What steps say of themselves in lanes of touchpoints, channels and owners. */
function useChips({ map }: Bench): Map<string, Map<string, string[]>> {
  const names = useNames(map.model);
  const { lang } = useSay();
  return useMemo(() => {
    const found = new Map<string, Map<string, string[]>>();
    for (const lane of map.lanes) {
      const own = new Map<string, string[]>();
      for (const step of map.steps) {
        if (lane.role === "touchpoints") own.set(step.key, (step.touchpoints ?? []).map(names));
        if (lane.role === "channels") own.set(step.key, (step.channels ?? []).map(names));
        const owner = calledIn(map.departments, step.owner, lang);
        if (lane.role === "owners" && owner) own.set(step.key, [owner]);
      }
      if (own.size) found.set(lane.key, own);
    }
    return found;
  }, [map.lanes, map.steps, map.departments, names, lang]);
}
