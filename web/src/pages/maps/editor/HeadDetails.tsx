import { Button, Checkbox, MultiSelect } from "@mantine/core";
import { useSay } from "@/words/say";
import { ShowWith } from "../binding/ShowWith";
import { useTouchpoints } from "../library/useTouchpoints";
import { PlanHere } from "../plan/PlanHere";
import classes from "./Details.module.css";
import type { Lane, Stage, Step } from "./document";
import { filledBy, newKey } from "./document";
import { change, put, several } from "./edits";
import { Choice, Owner, Plain, Several, Words } from "./fields";
import { TouchpointPicker } from "./TouchpointPicker";
import type { Bench } from "./useBench";

/** A stage: its name, what the customer wants in it, who answers for it. */
export function StageDetails({ bench, stage }: { bench: Bench; stage: Stage }) {
  const say = useSay();
  const set = (fields: Record<string, unknown>) => bench.edit(change("stages", stage.key, fields));
  return (
    <>
      {stage.guessed && (
        <div className={classes.guessed}>
          <span>{say("web.maps.guessed.one")}</span>
          <Button variant="default" size="compact-sm" onClick={() => set({ guessed: null })}>
            {say("web.maps.guessed.right")}
          </Button>
        </div>
      )}
      <Words
        label={say("web.maps.edit.stage_name")}
        value={stage.name}
        onSave={(name) => name && set({ name })}
      />
      <Words
        label={say("web.maps.edit.stage_goal")}
        long
        value={stage.goal}
        onSave={(goal) => set({ goal })}
      />
      <Owner map={bench.map} of={stage} onSave={set} onCalled={bench.called} />
    </>
  );
}

const MOMENTS = ["none", "commercial", "service"] as const;

/** A step: its name, what is expected, whether it is a moment of truth, who takes it, where it happens. */
export function StepDetails({ bench, step }: { bench: Bench; step: Step }) {
  const say = useSay();
  const { map } = bench;
  const set = (fields: Record<string, unknown>) => bench.edit(change("steps", step.key, fields));
  const names = new Map(map.actors.map((actor) => [actor.key, actor.name[say.lang]]));
  const setActors = (said: string[] | null) => {
    const keys = (said ?? []).map(
      (name) => map.actors.find((one) => one.name[say.lang] === name)?.key ?? name,
    );
    const known = new Set(map.actors.map((one) => one.key));
    const made = keys
      .filter((key) => !known.has(key))
      .map((name) => ({ key: newKey(), name: { zh: name, en: name } }));
    const all = keys.map((key) => made.find((one) => one.name.en === key)?.key ?? key);
    bench.edit(
      several([
        ...(made.length ? [put("actors", made)] : []),
        change("steps", step.key, { actors: all.length ? all : null }),
      ]),
    );
  };
  return (
    <>
      <Words
        label={say("web.maps.edit.step_name")}
        value={step.name}
        onSave={(name) => name && set({ name })}
      />
      <ShowWith id={bench.id} place={{ step: step.key }} />
      <Words
        label={say("web.maps.edit.expectation")}
        help={say("web.maps.edit.expectation_about")}
        long
        value={step.expectation}
        onSave={(expectation) => set({ expectation })}
      />
      <Choice
        label={say("web.maps.edit.moment")}
        value={step.moment ?? "none"}
        among={MOMENTS.map((value) => ({ value, label: say(`web.maps.moments.${value}`) }))}
        onSave={(moment) => set({ moment: moment === "none" ? null : moment })}
      />
      <PlanHere bench={bench} step={step} />
      <Owner map={map} of={step} onSave={set} onCalled={bench.called} />
      <Plain
        label={say("web.maps.edit.standard")}
        help={say("web.maps.edit.standard_about")}
        placeholder="30m"
        value={step.standard}
        onSave={(standard) => set({ standard })}
      />
      <Plain
        label={say("web.maps.edit.cost")}
        help={say("web.maps.edit.cost_about")}
        placeholder={say("web.maps.edit.cost_like")}
        value={step.cost && `${step.cost.value} ${step.cost.currency}`}
        onSave={(cost) => set({ cost })}
      />
      <Several
        label={say("web.maps.edit.actors")}
        value={(step.actors ?? []).map((key) => names.get(key) ?? key)}
        among={[...names.values()]}
        onSave={setActors}
      />
      <TouchpointPicker bench={bench} step={step} />
      <Channels step={step} onSave={(channels) => set({ channels })} />
    </>
  );
}

/** Channels, where the touchpoints do not say on which ones customers come. */
function Channels({ step, onSave }: { step: Step; onSave: (channels: string[] | null) => void }) {
  const say = useSay();
  const known = useTouchpoints().data?.channels ?? [];
  const own = step.channels ?? [];
  const unknown = own.filter((key) => !known.some((one) => one.key === key));
  return (
    <MultiSelect
      label={say("web.maps.edit.channels")}
      description={say("web.maps.edit.channels_about")}
      value={own}
      data={[
        ...known.map((one) => ({ value: one.key, label: one.name })),
        ...unknown.map((key) => ({ value: key, label: key })),
      ]}
      searchable
      onChange={(channels) => onSave(channels.length ? channels : null)}
    />
  );
}

const KINDS = ["text", "chips", "curve", "number", "bars"] as const;

/** A lane: its name, how its cells are drawn, whether it may be edited. */
export function LaneDetails({ bench, lane }: { bench: Bench; lane: Lane }) {
  const say = useSay();
  const set = (fields: Record<string, unknown>) => bench.edit(change("lanes", lane.key, fields));
  return (
    <>
      <Words
        label={say("web.maps.edit.lane_name")}
        value={lane.label}
        onSave={(label) => label && set({ label })}
      />
      <ShowWith id={bench.id} place={{ lane: lane.key }} now={filledBy(bench.map.bindings, lane.key)} />
      <Choice
        label={say("web.maps.edit.lane_kind")}
        value={lane.kind ?? "text"}
        among={KINDS.map((value) => ({ value, label: say(`web.maps.lane_kinds.${value}`) }))}
        onSave={(kind) => set({ kind: kind === "text" ? null : kind })}
      />
      <Owner map={bench.map} of={lane} onSave={set} onCalled={bench.called} />
      <div className={classes.marks}>
        <Checkbox
          label={say("web.maps.edit.lock")}
          checked={lane.locked ?? false}
          onChange={(event) => set({ locked: event.currentTarget.checked || null })}
        />
        <Checkbox
          label={say("web.maps.edit.fold_for_all")}
          checked={lane.collapsed ?? false}
          onChange={(event) => set({ collapsed: event.currentTarget.checked || null })}
        />
      </div>
    </>
  );
}
