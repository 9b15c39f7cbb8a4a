import { Button } from "@mantine/core";
import { useLocalStorage, useMediaQuery } from "@mantine/hooks";
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import { Link, useSearchParams } from "react-router";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { BackTo } from "@/parts/BackTo";
import { Dialog } from "@/parts/Dialog";
import { undoable } from "@/parts/notice";
import { useSay } from "@/words/say";
import type { Place as ShownPlace } from "../binding/place";
import { ShowWithDialog } from "../binding/ShowWith";
import { Presence } from "../together/Presence";
import { useSight } from "../together/useSight";
import { useLock, usePresence, useTogether } from "../together/useTogether";
import type { MapOf } from "../useMaps";
import { lastDots } from "../workshop/results";
import { TimerChip } from "../workshop/TimerChip";
import { useWorkshop } from "../workshop/useWorkshop";
import { VotingBar } from "../workshop/VotingBar";
import { Voting } from "../workshop/voting";
import { ActMenu } from "./ActMenu";
import { AddLane } from "./AddLane";
import { chosenCards, grown, joined, nudged, removed } from "./acts";
import { Cursors, spotsOf } from "./Cursors";
import { Called } from "./called";
import { Details, type Panel } from "./Details";
import { filledBy } from "./document";
import classes from "./Editor.module.css";
import { FirstSteps } from "./FirstSteps";
import { Grid } from "./Grid";
import { type Doing, itemsOf, widen } from "./items";
import { KeysOf } from "./KeysOf";
import { asked } from "./keys";
import { othersLocks, placeName } from "./naming";
import { PasteMore, type Pasting } from "./PasteMore";
import { Pen } from "./Pen";
import { moved, only, STEPS } from "./places";
import { Split, type Splitting } from "./Split";
import { seeable } from "./seeable";
import { SHOW, type Shown, shownBy } from "./shown";
import { Toolbar } from "./Toolbar";
import { TouchpointPicker } from "./TouchpointPicker";
import { Unsent } from "./Unsent";
import { newName, useAdding } from "./useAdding";
import { useBench } from "./useBench";
import { useClip } from "./useClip";
import { useEntering, useParts } from "./useParts";
import { usePlaceLabel } from "./usePlaceLabel";
import { useTyping } from "./useTyping";

/** What is shown with a number or an event, and what does so now. */
interface ShownAt extends ShownPlace {
  now?: string;
}

/** A map on the bench: the grid, what one writes with, and everything that opens around it. */
export function Workbench({ id, given }: { id: string; given: MapOf }) {
  const say = useSay();
  const ws = useWorkspaceName();
  const [search, setSearch] = useSearchParams();
  const shown = shownBy(search);
  const bench = useBench(id, given, shown);
  const { table, selected, map, now } = bench;
  const { at } = selected;

  const scroll = useRef<HTMLDivElement>(null);
  const pen = useRef<HTMLTextAreaElement>(null);
  const finger = useRef(false);
  const aside = useRef<HTMLElement>(null);
  const tools = useRef<HTMLDivElement>(null);
  const [menu, setMenu] = useState<{ x: number; y: number } | null>(null);
  const [split, setSplit] = useState<Splitting | null>(null);
  const [pasting, setPasting] = useState<Pasting | null>(null);
  const [open, setOpen] = useState<"lanes" | "keys" | null>(null);
  const [showing, setShowing] = useState<ShownAt | null>(null);
  const [met, setMet] = useState<string | null>(null);
  const [linking, setLinking] = useState<string | null>(null);
  const [panel, setPanel] = useState<Panel | null>(null);
  const [sticky, setSticky] = useState(false);
  const [several, setSeveral] = useState(false);
  const fingers = useMediaQuery("(pointer: coarse)", false, { getInitialValueInEffect: false });
  const [unfolded, setFolds] = useLocalStorage<Record<string, boolean>>({
    key: `lvtu.map.${id}.folds`,
    defaultValue: {},
    getInitialValueInEffect: false,
  });

  const together = useTogether(id).data?.locks;
  const locks = useMemo(() => othersLocks(together), [together]);
  const people = usePresence(id, placeName(table, at));
  useSight(id, scroll, (within) => spotsOf(within, table), table);
  const { voting, put: putDots } = useWorkshop(id);
  const votingHere = useMemo(
    () => ({
      open: voting,
      results: panel === "workshop" ? lastDots(map.votings) : null,
      put: (card: string, dots: number) => putDots.mutate({ card, dots }),
    }),
    [voting, panel, map.votings, putDots.mutate],
  );
  const { departments, systems } = map;
  const called = useMemo(() => ({ departments, systems }), [departments, systems]);
  const { typing, begin, write, finish, type } = useTyping(bench, pen, useLock(id, at.card));

  const folded = (key: string) =>
    unfolded[key] ?? map.lanes.find((lane) => lane.key === key)?.collapsed ?? false;
  const fold = (row: number) => {
    const key = now.current.table.lanes[row]?.key;
    if (key) setFolds((all) => ({ ...all, [key]: !folded(key) }));
  };
  // Under a finger the keyboard of the screen comes when somebody writes, not before. A dialog keeps the keys.
  const takeKeys = (unless: string) =>
    finger.current ||
    requestAnimationFrame(
      () => document.activeElement?.closest(unless) || pen.current?.focus({ preventScroll: true }),
    );
  const refocus = () => takeKeys("[role=dialog], aside");
  useParts([aside, tools], () => pen.current?.focus({ preventScroll: true }));
  const enterDetails = useEntering(aside);
  const place = usePlaceLabel(bench);
  const { addStep, addStage } = useAdding(bench);

  useEffect(() => pen.current?.focus({ preventScroll: true }), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is selected is brought into sight
  useEffect(() => {
    if (scroll.current) seeable(scroll.current, at);
  }, [at.row, at.col, at.card]);

  const drop = () => {
    const { table, selected } = now.current;
    if (chosenCards(table, selected).length && bench.closedHere()) return;
    const edit = removed(table, selected);
    if (!edit) return bench.announce(say("web.maps.edit.stays"));
    const heads = edit.part !== "cards";
    bench.edit(edit, say("web.maps.edit.removed"));
    if (heads) undoable(say("web.maps.edit.removed"), say("web.do.undo"), () => bench.desk.undo());
  };
  const openMenu = () => {
    const { row, col, card } = now.current.selected.at;
    const query = card
      ? `[data-card="${CSS.escape(card)}"]`
      : row < 0
        ? `[data-row="${row}"][data-col="${col}"]`
        : `[data-row="${row}"] [data-${col < 0 ? "col" : "cell"}="${col}"]`;
    const spot = scroll.current?.querySelector(query)?.getBoundingClientRect();
    if (spot) setMenu({ x: spot.left + 8, y: Math.min(spot.bottom, window.innerHeight - 40) });
  };
  const join = (source: string, target: string) => {
    setLinking(null);
    if (!bench.edit(joined(now.current.table.map, source, target), say("web.maps.edit.joined")))
      bench.tell(say("web.maps.edit.joined_already"));
    bench.goCard(source);
    refocus();
  };
  const show = ({ lane, step }: ShownAt) =>
    setShowing({ lane, step, now: filledBy(map.bindings, lane, step) });
  const details = (which: Panel) => setPanel((before) => (before === which ? null : which));
  const select = bench.select;

  const onKey = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const key = asked(event);
    if (typing) {
      const next = sticky && typing.fresh && typing.text.trim() !== "" && event.key !== "Escape";
      if (event.key === "Escape") finish(false);
      else if (event.key === "Enter" || event.key === "Tab") finish();
      event.preventDefault();
      event.stopPropagation();
      if (event.key === "Tab")
        select(moved(now.current.table, now.current.selected, event.shiftKey ? "left" : "right", false));
      if (next) does.fresh();
      return;
    }
    if (!key) return;
    const here = now.current;
    if (linking && "do" in key && (key.do === "write" || key.do === "leave")) {
      const { card } = here.selected.at;
      if (key.do === "write" && card !== null && card !== linking) join(linking, card);
      else setLinking(null);
      event.preventDefault();
      return;
    }
    if ("dot" in key) {
      const { card } = here.selected.at;
      const lane = here.table.lanes[here.selected.at.row]?.key ?? "";
      if (!voting?.lanes.includes(lane) || card === null) return; // it is a character like any other
      const dots = (voting.mine[card] ?? 0) + key.dot;
      if (dots >= 0 && key.dot <= voting.left) putDots.mutate({ card, dots });
      event.preventDefault();
      return;
    }
    if ("tab" in key) {
      const next = moved(here.table, here.selected, key.tab > 0 ? "right" : "left", false);
      // At the end of a row the key leaves the grid, as it leaves anything else.
      if (next.at.col === here.selected.at.col) return;
      select(next);
      place.hear();
    } else if ("go" in key) {
      select(moved(here.table, here.selected, key.go, key.extend));
      place.hear();
    } else if ("nudge" in key) {
      if (!bench.closedHere()) {
        if (bench.edit(nudged(here.table, here.selected, ...key.nudge)))
          requestAnimationFrame(() => place.hear(say("web.maps.edit.moved")));
        else bench.announce(say("web.maps.edit.at_edge"));
      }
    } else if ("widen" in key) widen(bench, say, key.widen);
    else if (key.do === "write") write();
    else if (key.do === "remove") drop();
    else if (key.do === "undo" || key.do === "redo") bench.turn(key.do);
    else if (key.do === "keys") setOpen("keys");
    else if (key.do === "menu") openMenu();
    else if (key.do === "details") does.details();
    else if (key.do === "sticky") setSticky(!sticky);
    else if (key.do === "all") {
      const last = { row: here.table.lanes.length - 1, col: here.table.columns.length - 1 };
      select({ at: { row: 0, col: 0, card: null }, from: last });
    } else if (
      here.selected.at.row !== here.selected.from.row ||
      here.selected.at.col !== here.selected.from.col
    ) {
      select(only({ ...here.selected.at, card: null }));
    } else if (sticky) {
      setSticky(false);
    } else {
      setPanel(null);
      return;
    }
    event.preventDefault();
  };

  const does: Doing = {
    write,
    fresh: () => {
      bench.go({ ...now.current.selected.at, card: null });
      void begin("", true);
      // Under a finger, too: now somebody writes.
      requestAnimationFrame(() => pen.current?.focus({ preventScroll: true }));
    },
    remove: drop,
    split: (part, key) => setSplit({ part, key }),
    lanes: () => setOpen("lanes"),
    details: () => {
      setPanel("selected");
      enterDetails();
    },
    copy: () => {
      pen.current?.focus();
      document.execCommand("copy");
    },
    show,
    touchpoints: setMet,
    link: (card) => {
      setLinking(card);
      bench.announce(say("web.maps.edit.linking"));
    },
    fold,
    folded,
  };
  const step = map.steps.find((one) => one.key === met);
  const shows = map.bindings.length > 0 || map.steps.some((one) => one.entry);
  const empty = map.cards.length === 0 && !shows;
  const onClip = useClip(bench, setPasting);
  /** Afterwards the grid has the keys. */
  const then = (act: () => void) => () => {
    act();
    refocus();
  };

  return (
    <div
      className={classes.page}
      onPointerDownCapture={(event) => {
        finger.current = event.pointerType === "touch";
      }}
    >
      <div className={classes.bar}>
        <BackTo to={`maps/${id}`} label={map.title[say.lang]} />
        <h1>{map.title[say.lang]}</h1>
        <div ref={tools} className={classes.tools}>
          <TimerChip id={id} edits />
          <Presence id={id} />
          <Toolbar
            bench={bench}
            shown={shown}
            onShown={(next: Shown) => {
              const kept = new URLSearchParams(search);
              if (next === "all") kept.delete(SHOW);
              else kept.set(SHOW, next);
              setSearch(kept, { replace: true });
            }}
            add={[
              {
                key: "step",
                label: say("web.maps.edit.add_step"),
                run: then(() => addStep(Math.max(0, at.col))),
              },
              { key: "stage", label: say("web.maps.edit.add_stage"), run: then(addStage) },
              { key: "lane", label: say("web.maps.edit.add_lane"), run: () => setOpen("lanes") },
            ]}
            several={fingers ? several : undefined}
            onSeveral={() => setSeveral(!several)}
            sticky={sticky}
            onSticky={() => {
              setSticky(!sticky);
              refocus();
            }}
            onWorkshop={() => details("workshop")}
            onDetails={() => details("selected")}
            onMap={() => details("map")}
            onKeys={() => setOpen("keys")}
          />
          <Button className={classes.done} component={Link} to={`/w/${encodeURIComponent(ws)}/maps/${id}`}>
            {say("web.maps.edit.done")}
          </Button>
        </div>
      </div>
      <Unsent desk={bench.desk} />
      <VotingBar id={id} edits lanes={map.lanes} onOver={() => setPanel("workshop")} />
      <p className={`${classes.hint} ${linking || sticky || fingers ? "" : classes.keys}`} id="map-keys">
        {map.begins && map.ends && (
          <b>{say("web.maps.edit.from_to", { begins: map.begins[say.lang], ends: map.ends[say.lang] })}</b>
        )}
        {linking || sticky ? (
          <>
            <b>{say(linking ? "web.maps.edit.linking" : "web.maps.workshop.sticky_hint")}</b>
            {linking && fingers && (
              <Button size="compact-sm" variant="default" onClick={() => setLinking(null)}>
                {say("web.do.cancel")}
              </Button>
            )}
          </>
        ) : (
          say(
            several
              ? "web.maps.edit.several_hint"
              : fingers
                ? "web.maps.edit.hint_touch"
                : "web.maps.edit.hint",
          )
        )}
      </p>
      <div className={classes.bench}>
        <Called value={called}>
          <Voting value={votingHere}>
            <Grid
              bench={bench}
              scroll={scroll}
              folded={folded}
              fold={fold}
              locks={locks}
              addStep={addStep}
              addLane={() => setOpen("lanes")}
              menu={(x, y) => setMenu({ x, y })}
              write={write}
              fresh={does.fresh}
              join={join}
              linking={linking}
              sticky={sticky}
              several={several}
              refocus={() => takeKeys("[role=dialog]")}
              finish={() => finish()}
              begin={
                empty &&
                typing === null && (
                  <FirstSteps
                    name={() => {
                      bench.go({ row: STEPS, col: 0, card: null });
                      write();
                    }}
                    write={() => {
                      bench.go({ row: 0, col: 0, card: null });
                      void begin("", true);
                      refocus();
                    }}
                    show={() => show({ step: table.columns[0]?.step?.key })}
                    lanes={() => setOpen("lanes")}
                  />
                )
              }
            >
              <Pen
                pen={pen}
                scroll={scroll}
                at={at}
                drawn={map}
                typing={typing}
                label={place.label(table, at)}
                plain={sticky}
                begin={(text) => linking || void begin(text, true)}
                type={type}
                onKey={onKey}
                onClip={onClip}
                finish={() => finish()}
              />
              <Cursors people={people} table={table} scroll={scroll} />
            </Grid>
          </Voting>
        </Called>
        {panel && (
          <Details
            ref={aside}
            bench={bench}
            panel={panel}
            onPanel={setPanel}
            onClose={then(() => setPanel(null))}
            onBack={() => takeKeys("[role=dialog]")}
          />
        )}
      </div>
      <div aria-live="polite" className={classes.heard}>
        {bench.heard}
      </div>
      <ActMenu
        at={menu}
        items={menu ? itemsOf(bench, say, does) : []}
        onClose={then(() => {
          setMenu(null);
          setSeveral(false);
        })}
      />
      <Split bench={bench} of={split} onClose={then(() => setSplit(null))} />
      <AddLane bench={bench} opened={open === "lanes"} onClose={then(() => setOpen(null))} />
      {showing && (
        <ShowWithDialog id={id} place={showing} now={showing.now} onClose={then(() => setShowing(null))} />
      )}
      <Dialog
        opened={step !== undefined}
        onClose={then(() => setMet(null))}
        title={step?.name[say.lang] ?? ""}
      >
        {step && <TouchpointPicker bench={bench} step={step} />}
      </Dialog>
      <KeysOf opened={open === "keys"} onClose={then(() => setOpen(null))} />
      <PasteMore
        bench={bench}
        of={pasting}
        onClose={then(() => setPasting(null))}
        onGrow={({ at: from, table: rows }) => {
          bench.edit(grown(table, from, rows, newName), say("web.maps.edit.pasted"));
          setPasting(null);
          refocus();
        }}
      />
    </div>
  );
}
