import { Button, Checkbox, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { Problem } from "@/parts/Problem";
import { Rows } from "@/parts/Rows";
import { useSay } from "@/words/say";
import { Board } from "./Board";
import classes from "./Programmes.module.css";
import { Quadrants } from "./Quadrants";
import { Said } from "./Said";
import { type ProjectOf, type ProjectStep, useProjectActions } from "./useProgrammes";

/** What helps in a step. */
export function Aids({ project, step }: { project: ProjectOf; step: ProjectStep }) {
  if (!step.aids.length || (!project.map_title && !step.aids.includes("strategy"))) return null;
  return (
    <>
      {step.aids.includes("quotes") && <Said project={project} />}
      {step.aids.includes("focus") && <Focus project={project} />}
      {step.aids.includes("ideas") && <Board project={project} step={step} />}
      {step.aids.includes("strategy") && <Strategy project={project} />}
    </>
  );
}

/** Importance beside performance from what customers answered; what is chosen goes into the map. */
function Focus({ project }: { project: ProjectOf }) {
  const say = useSay();
  const { weigh, change } = useProjectActions(project.id);
  const [outcome, setOutcome] = useState(project.outcome ?? "nps");
  const [chosen, setChosen] = useState<string[]>(project.focus);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    weigh.mutate(outcome);
  };
  const items = weigh.data?.items;
  const toggle = (key: string) =>
    setChosen(chosen.includes(key) ? chosen.filter((one) => one !== key) : [...chosen, key]);
  return (
    <div className={classes.aid}>
      {project.edits && (
        <form className={classes.line} onSubmit={submit}>
          <TextInput
            label={say("web.maps.programmes.outcome")}
            description={say("web.maps.programmes.outcome_about")}
            value={outcome}
            onChange={(event) => setOutcome(event.currentTarget.value)}
          />
          <Button type="submit" variant="default" loading={weigh.isPending} disabled={!outcome.trim()}>
            {say("web.maps.programmes.weigh")}
          </Button>
        </form>
      )}
      {weigh.error && <Problem error={weigh.error} />}
      {items?.length === 0 && <p>{say("web.maps.programmes.too_few")}</p>}
      {items && items.length > 0 && (
        <>
          <Quadrants items={items} />
          <Rows
            label={say("web.maps.programmes.weighed")}
            heads={[
              { key: "step", title: say("web.maps.programmes.step") },
              { key: "quadrant", title: say("web.maps.programmes.quadrant") },
              { key: "importance", title: say("web.maps.programmes.importance"), number: true },
              { key: "performance", title: say("web.maps.programmes.performance"), number: true },
              { key: "n", title: "n", number: true, extra: true },
            ]}
            rows={items.map((one) => ({
              key: `${one.step}/${one.scale}`,
              cells: [
                <Checkbox
                  key="step"
                  label={`${one.name} · ${one.scale}`}
                  checked={chosen.includes(one.step)}
                  onChange={() => toggle(one.step)}
                />,
                say(`web.maps.programmes.quadrants.${one.quadrant}`),
                one.importance_shown,
                one.performance_shown,
                one.n.toLocaleString("en-US"),
              ],
            }))}
          />
          <Button
            variant="default"
            className={classes.save}
            disabled={!chosen.length}
            loading={change.isPending}
            onClick={() => change.mutate({ focus: chosen })}
          >
            {say("web.maps.programmes.choose")}
          </Button>
        </>
      )}
      {change.error && <Problem error={change.error} />}
      {project.focus.length > 0 && (
        <p className={classes.passed}>
          {say("web.maps.programmes.chosen", {
            steps: project.map_steps
              .filter((one) => project.focus.includes(one.key))
              .map((one) => one.name)
              .join(say.lang === "zh" ? "、" : ", "),
          })}
        </p>
      )}
    </div>
  );
}

const SENSES = ["perception", "emotion", "behaviour", "touchpoint"] as const;

/** The four rows, each with what is done and by what one sees that it works. */
function Strategy({ project }: { project: ProjectOf }) {
  const say = useSay();
  const { change } = useProjectActions(project.id);
  return (
    <div className={classes.aid}>
      <Rows
        stacked
        label={say("web.maps.programmes.strategy")}
        heads={[
          { key: "sense", title: say("web.maps.programmes.sense") },
          { key: "action", title: say("web.maps.programmes.action") },
          { key: "metric", title: say("web.maps.programmes.metric") },
        ]}
        rows={SENSES.map((sense) => {
          const row = project.strategy[sense] ?? { action: "", metric: "" };
          const named = say(`web.maps.programmes.senses.${sense}`);
          const field = (name: "action" | "metric") => (
            <TextInput
              key={name}
              aria-label={`${named} · ${say(`web.maps.programmes.${name}`)}`}
              defaultValue={row[name]}
              readOnly={!project.edits}
              onBlur={(event) => {
                const text = event.currentTarget.value;
                if (text !== row[name]) change.mutate({ strategy: { [sense]: { [name]: text } } });
              }}
            />
          );
          return { key: sense, cells: [<b key="sense">{named}</b>, field("action"), field("metric")] };
        })}
      />
      {change.error && <Problem error={change.error} />}
    </div>
  );
}
