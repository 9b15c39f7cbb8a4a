import { Checkbox } from "@mantine/core";
import { useSay } from "@/words/say";
import type { Step } from "../editor/document";
import type { Bench } from "../editor/useBench";
import classes from "./Plan.module.css";
import { PlanCounts } from "./PlanCounts";
import { found, onPlan, optional, planOf } from "./plan";

/** Whether a step is on the planned path, and may be left out; how customers kept to it. */
export function PlanHere({ bench, step }: { bench: Bench; step: Step }) {
  const say = useSay();
  const { map } = bench;
  const path = planOf(map);
  const on = path?.steps.includes(step.key) ?? false;
  const own = path !== undefined && !found(path);
  const heard = say("web.maps.plan.said");
  return (
    <fieldset className={classes.here}>
      <legend>{say("web.maps.plan.path")}</legend>
      <Checkbox
        label={say("web.maps.plan.on")}
        checked={on}
        onChange={(event) => bench.edit(onPlan(map, step.key, event.currentTarget.checked), heard)}
      />
      {on && own && (
        <Checkbox
          label={say("web.maps.plan.may")}
          checked={path.optional?.includes(step.key) ?? false}
          onChange={(event) => bench.edit(optional(map, step.key, event.currentTarget.checked), heard)}
        />
      )}
      {!own && (
        <p className={classes.about}>{say(path ? "web.maps.plan.is_found" : "web.maps.plan.none_here")}</p>
      )}
      <PlanCounts id={bench.id} step={step.key} />
    </fieldset>
  );
}
