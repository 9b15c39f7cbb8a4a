import type { Say } from "@/words/say";
import type { Place } from "../binding/place";
import { onPlan, optional, planned, planOf } from "../plan/plan";
import type { Item } from "./ActMenu";
import { chosenCards, chosenStages, chosenSteps, removed, widened } from "./acts";
import { newKey } from "./document";
import { change, type Edit, newStage, newStep, put } from "./edits";
import { HEADS, STAGES, STEPS } from "./places";
import { newName } from "./useAdding";
import type { Bench } from "./useBench";

const MAC = typeof navigator !== "undefined" && navigator.platform.startsWith("Mac");
const MOD = MAC ? "⌘" : "Ctrl ";
const ALT = MAC ? "⌥" : "Alt ";

export interface Doing {
  write: () => void;
  /** A new card in the cell, whatever is there. */
  fresh: () => void;
  remove: () => void;
  split: (part: "stages" | "steps", key: string) => void;
  lanes: () => void;
  details: () => void;
  copy: () => void;
  /** Show a place with a number or an event. */
  show: (place: Place) => void;
  /** Choose the touchpoints of a step. */
  touchpoints: (step: string) => void;
  /** Go to the card that one leads to. */
  link: (card: string) => void;
  fold: (row: number) => void;
  folded: (lane: string) => boolean;
}

/** What can be done with what is selected. */
export function itemsOf(bench: Bench, say: Say, does: Doing): Item[] {
  const { row, col } = bench.selected.at;
  if (row === STAGES) return ofStage(bench, say, does);
  if (row === STEPS) return ofStep(bench, say, does);
  if (col === HEADS) return ofLane(bench, say, does);
  return ofCell(bench, say, does);
}

const showing = (say: Say, run: () => void): Item => ({
  key: "show",
  label: say("web.maps.binding.show_with"),
  run,
  apart: true,
});

function ends(bench: Bench, say: Say, does: Doing): Item[] {
  return [
    { key: "details", label: say("web.maps.edit.details"), keys: `${MOD}↵`, run: does.details, apart: true },
    {
      key: "remove",
      label: say("web.do.remove"),
      keys: "Del",
      run: does.remove,
      disabled: removed(bench.table, bench.selected) === null,
    },
  ];
}

function ofStage(bench: Bench, say: Say, does: Doing): Item[] {
  const { map, table, selected } = bench;
  const stage = table.columns[selected.at.col]?.stage;
  const stages = chosenStages(table, selected);
  if (!stage) return [];
  const add = (before: boolean) => {
    const key = newKey();
    const step = { key: newKey(), stage: key, name: newName("step") };
    bench.edit(
      newStage(map, stage, before, { key, name: newName("stage") }, step),
      say("web.maps.edit.added"),
    );
    bench.goHead(key);
  };
  return [
    { key: "rename", label: say("web.do.rename"), keys: "F2", run: does.write },
    { key: "before", label: say("web.maps.edit.stage_before"), run: () => add(true), apart: true },
    { key: "behind", label: say("web.maps.edit.stage_behind"), run: () => add(false) },
    {
      key: "step",
      label: say("web.maps.edit.add_step"),
      run: () => {
        const step = { key: newKey(), stage: stage.key, name: newName("step") };
        bench.edit({ edit: "add_step", step }, say("web.maps.edit.added"));
        bench.goHead(step.key);
      },
    },
    {
      key: "split",
      label: say("web.maps.edit.split_stage"),
      run: () => does.split("stages", stage.key),
      disabled: map.steps.filter((one) => one.stage === stage.key).length < 2,
      apart: true,
    },
    {
      key: "merge",
      label: say("web.maps.edit.merge_stages"),
      run: () => bench.edit({ edit: "merge_stages", stages }, say("web.maps.edit.merged")),
      disabled: stages.length < 2,
    },
    ...ends(bench, say, does),
  ];
}

function ofStep(bench: Bench, say: Say, does: Doing): Item[] {
  const { map, table, selected } = bench;
  const column = table.columns[selected.at.col];
  const step = column?.step;
  const steps = chosenSteps(table, selected);
  if (!column || !step) return [];
  const add = (before: boolean) => {
    const made = { key: newKey(), stage: step.stage, name: newName("step") };
    bench.edit(newStep(map, step, before, made), say("web.maps.edit.added"));
    bench.goHead(made.key);
  };
  const moment = (value: "commercial" | "service" | null): Item => ({
    key: value ?? "none",
    label: say(`web.maps.edit.moment_${value ?? "none"}`),
    disabled: (step.moment ?? null) === value,
    run: () => bench.edit(change("steps", step.key, { moment: value })),
    apart: value === "commercial",
  });
  return [
    { key: "rename", label: say("web.do.rename"), keys: "F2", run: does.write },
    { key: "before", label: say("web.maps.edit.step_before"), run: () => add(true), apart: true },
    { key: "behind", label: say("web.maps.edit.step_behind"), run: () => add(false) },
    {
      key: "split",
      label: say("web.maps.edit.split_step"),
      run: () => does.split("steps", step.key),
      apart: true,
    },
    {
      key: "merge",
      label: say("web.maps.edit.merge_steps"),
      run: () => bench.edit({ edit: "merge_steps", steps }, say("web.maps.edit.merged")),
      disabled: steps.length < 2,
    },
    showing(say, () => does.show({ step: step.key })),
    {
      key: "touchpoints",
      label: say("web.maps.edit.choose_touchpoints"),
      run: () => does.touchpoints(step.key),
    },
    ...ofPlan(bench, say, steps, step.key),
    moment("commercial"),
    moment("service"),
    moment(null),
    ...ends(bench, say, does),
  ];
}

/** Several steps as the planned path; one on it, or off it, and whether it may be left out. */
function ofPlan({ map, edit }: Bench, say: Say, steps: string[], step: string): Item[] {
  const path = planOf(map);
  const on = path?.steps.includes(step) ?? false;
  const heard = say("web.maps.plan.said");
  if (steps.length > 1) {
    const made = planned(map, steps);
    return [
      {
        key: "plan",
        label: say("web.maps.plan.these"),
        run: () => edit(made, heard),
        disabled: made === null,
        apart: true,
      },
    ];
  }
  const may = path?.optional?.includes(step) ?? false;
  const items: Item[] = [
    {
      key: "plan",
      label: say(on ? "web.maps.plan.take_off" : "web.maps.plan.put_on"),
      run: () => edit(onPlan(map, step, !on), heard),
      apart: true,
    },
  ];
  const turned = optional(map, step, !may);
  if (turned)
    items.push({
      key: "optional",
      label: say(may ? "web.maps.plan.must" : "web.maps.plan.may"),
      run: () => edit(turned, heard),
    });
  return items;
}

function ofLane(bench: Bench, say: Say, does: Doing): Item[] {
  const { table, selected } = bench;
  const { row } = selected.at;
  const lane = table.lanes[row];
  if (!lane) return [];
  const set = (fields: Record<string, unknown>): Edit => change("lanes", lane.key, fields);
  return [
    { key: "rename", label: say("web.do.rename"), keys: "F2", run: does.write },
    showing(say, () => does.show({ lane: lane.key })),
    { key: "add", label: say("web.maps.edit.add_lane"), run: does.lanes, apart: true },
    {
      key: "fold",
      label: say(does.folded(lane.key) ? "web.maps.edit.unfold" : "web.maps.edit.fold"),
      run: () => does.fold(row),
      apart: true,
    },
    {
      key: "collapse",
      label: say(lane.collapsed ? "web.maps.edit.open_for_all" : "web.maps.edit.fold_for_all"),
      run: () => bench.edit(set({ collapsed: lane.collapsed ? null : true })),
    },
    {
      key: "lock",
      label: say(lane.locked ? "web.maps.edit.unlock" : "web.maps.edit.lock"),
      run: () => bench.edit(set({ locked: lane.locked ? null : true })),
    },
    ...ends(bench, say, does),
  ];
}

function ofCell(bench: Bench, say: Say, does: Doing): Item[] {
  const { table, selected } = bench;
  const cards = chosenCards(table, selected);
  const [card] = cards;
  const copy: Item = {
    key: "copy",
    label: say("web.do.copy"),
    keys: `${MOD}C`,
    run: does.copy,
    apart: true,
  };
  const step = table.columns[selected.at.col]?.step;
  const lane = table.lanes[selected.at.row];
  return [
    { key: "write", label: say("web.maps.edit.write"), keys: "↵", run: does.write, disabled: !step },
    {
      key: "fresh",
      label: say("web.maps.edit.add_card"),
      run: does.fresh,
      disabled: !step || !lane,
    },
    ...(card && cards.length === 1
      ? [
          {
            key: "double",
            label: say("web.maps.edit.duplicate"),
            run: () => {
              if (!bench.closedHere()) bench.edit(put("cards", [{ ...card, key: newKey() }], card.key));
            },
          },
          {
            key: "wide",
            label: say("web.maps.edit.wider"),
            keys: `${ALT}⇧→`,
            run: () => widen(bench, say, 1),
          },
          {
            key: "link",
            label: say("web.maps.edit.link_to"),
            run: () => does.link(card.key),
          },
        ]
      : []),
    ...(step && lane ? [showing(say, () => does.show({ lane: lane.key, step: step.key }))] : []),
    ...(step && lane?.role === "touchpoints"
      ? [
          {
            key: "touchpoints",
            label: say("web.maps.edit.choose_touchpoints"),
            run: () => does.touchpoints(step.key),
          },
        ]
      : []),
    copy,
    ...ends(bench, say, does),
  ];
}

/** Make the card that is selected longer or shorter by a step. */
export function widen(bench: Bench, say: Say, by: 1 | -1): boolean {
  const { table, selected } = bench;
  const [card] = chosenCards(table, selected);
  if (!card || bench.closedHere()) return false;
  return bench.edit(widened(table, card, by), say("web.maps.edit.moved"));
}
