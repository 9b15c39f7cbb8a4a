import { ActionIcon, Button } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { LaterConditionBuilder } from "@/parts/condition/LaterConditionBuilder";
import { useSay } from "@/words/say";
import { PlanDetails } from "../plan/PlanDetails";
import { planOf } from "../plan/plan";
import classes from "./Details.module.css";
import { newKey, type Scenario } from "./document";
import { change, put, remove } from "./edits";
import { Fold } from "./Fold";
import { Choice, Owner, Several, Words } from "./fields";
import type { Bench } from "./useBench";

const STATES = ["as_is", "to_be"] as const;
const STATUSES = ["draft", "in_research", "live", "archived"] as const;

/** What is said of the map as a whole: what it is about, of whom it tells, and in which situation. */
export function MapDetails({ bench }: { bench: Bench }) {
  const say = useSay();
  const { map } = bench;
  const set = (fields: Record<string, unknown>) => bench.edit({ edit: "describe", fields });
  return (
    <>
      <Words label={say("web.maps.title")} value={map.title} onSave={(title) => title && set({ title })} />
      <Words
        label={say("web.maps.edit.goal")}
        help={say("web.maps.edit.goal_about")}
        long
        value={map.goal}
        onSave={(goal) => set({ goal })}
      />
      <Choice
        label={say("web.maps.edit.state")}
        value={map.state ?? "as_is"}
        among={STATES.map((value) => ({ value, label: say(`web.maps.states.${value}`) }))}
        onSave={(state) => set({ state })}
      />
      <Choice
        label={say("web.maps.status")}
        value={map.status ?? "draft"}
        among={STATUSES.map((value) => ({ value, label: say(`web.maps.statuses.${value}`) }))}
        onSave={(status) => set({ status })}
      />
      <Owner map={map} of={map} onSave={set} onCalled={bench.called} />
      <Several label={say("web.maps.edit.tags")} value={map.tags} onSave={(tags) => set({ tags })} />
      <LaterConditionBuilder
        label={say("web.maps.whom")}
        help={say("web.maps.edit.whom_about")}
        value={map.where ?? null}
        onChange={(where) => where !== (map.where ?? null) && set({ where })}
        counts={false}
      />
      <Fold title={say("web.maps.edit.scenarios")} open>
        {map.scenarios.length === 0 && <p className={classes.quote}>{say("web.maps.edit.no_scenario")}</p>}
        {map.scenarios.map((one) => (
          <ScenarioFields key={one.key} bench={bench} scenario={one} />
        ))}
        <Button
          variant="default"
          size="xs"
          onClick={() => {
            const who = { zh: "客户", en: "A customer" };
            bench.edit(put("scenarios", [{ key: newKey(), who }]));
          }}
        >
          {say("web.maps.edit.add_scenario")}
        </Button>
      </Fold>
      <Fold title={say("web.maps.plan.path")} open={planOf(map) !== undefined}>
        <PlanDetails bench={bench} />
      </Fold>
      <Fold title={say("web.maps.edit.scope")}>
        <Words label={say("web.maps.edit.begins")} value={map.begins} onSave={(begins) => set({ begins })} />
        <Words label={say("web.maps.edit.ends")} value={map.ends} onSave={(ends) => set({ ends })} />
      </Fold>
      <Fold title={say("web.maps.edit.actors")}>
        {map.actors.map((one) => (
          <div key={one.key} className={classes.row}>
            <Words
              label={say("web.maps.edit.actor")}
              value={one.name}
              onSave={(name) => name && bench.edit(change("actors", one.key, { name }))}
            />
            <Gone label={one.name[say.lang]} run={() => bench.edit(remove("actors", [one.key]))} />
          </div>
        ))}
        <Button
          variant="default"
          size="xs"
          onClick={() => {
            const name = { zh: "新角色", en: "New role" };
            bench.edit(put("actors", [{ key: newKey(), name }]));
          }}
        >
          {say("web.maps.edit.add_actor")}
        </Button>
      </Fold>
    </>
  );
}

function Gone({ label, run }: { label: string; run: () => void }) {
  const say = useSay();
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      onClick={run}
      aria-label={say("web.do.remove_named", { name: label })}
    >
      <IconTrash size={14} />
    </ActionIcon>
  );
}

const SCENARIO = ["who", "where", "when", "trigger", "goal"] as const;

function ScenarioFields({ bench, scenario }: { bench: Bench; scenario: Scenario }) {
  const say = useSay();
  return (
    <div className={classes.item}>
      {SCENARIO.map((field) => (
        <Words
          key={field}
          label={say(`web.maps.edit.scenario_${field}`)}
          value={scenario[field]}
          onSave={(words) =>
            (words || field !== "who") && bench.edit(change("scenarios", scenario.key, { [field]: words }))
          }
        />
      ))}
      <Button
        variant="subtle"
        size="xs"
        color="gray"
        onClick={() => bench.edit(remove("scenarios", [scenario.key]))}
      >
        {say("web.maps.edit.remove_scenario")}
      </Button>
    </div>
  );
}
