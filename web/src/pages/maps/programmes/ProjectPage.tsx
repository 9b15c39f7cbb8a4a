import { Button, Skeleton, Textarea, TextInput } from "@mantine/core";
import { IconCheck, IconCircle, IconCircleCheck, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { Link, useNavigate, useParams } from "react-router";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { Confirm } from "@/parts/Confirm";
import { Page } from "@/parts/Page";
import { Problem } from "@/parts/Problem";
import { useSay } from "@/words/say";
import { Aids } from "./Aids";
import { ChosenMap } from "./ChosenMap";
import { Evidence } from "./Evidence";
import classes from "./Programmes.module.css";
import { ReportMenu } from "./ReportMenu";
import { Scene } from "./Scene";
import { type ProjectOf, type ProjectStep, useProject, useProjectActions } from "./useProgrammes";

/** A project: its five steps, what is missing in each, and where that is made. */
export function ProjectPage() {
  const say = useSay();
  const { id = "" } = useParams();
  const found = useProject(id);
  const project = found.data;
  return (
    <Page
      title={project?.title ?? say("web.maps.programmes.title")}
      about={
        project &&
        about(project, say("web.maps.programmes.coverage", { n: project.with_evidence, of: project.cards }))
      }
      back={{ to: "maps/programmes", label: say("web.maps.programmes.title") }}
      actions={project && <Actions project={project} />}
    >
      {found.isError && <Problem error={found.error} retry={() => found.refetch()} />}
      {found.isPending && <Skeleton height={480} radius={12} />}
      {project && (
        <ol className={classes.steps}>
          {project.steps.map((step, place) => (
            <li key={step.key} data-state={step.state}>
              <Step project={project} step={step} number={place + 1} />
            </li>
          ))}
        </ol>
      )}
      {project && <Evidence project={project} />}
    </Page>
  );
}

function about(project: ProjectOf, coverage: string): string {
  const programme = project.programme !== project.title && project.programme;
  return [programme, project.map_title, project.cards > 0 && coverage].filter(Boolean).join(" · ");
}

function Actions({ project }: { project: ProjectOf }) {
  const say = useSay();
  const go = useNavigate();
  const { remove } = useProjectActions(project.id);
  const [asking, setAsking] = useState(false);
  return (
    <>
      <ReportMenu project={project} />
      {project.edits && (
        <Button variant="default" leftSection={<IconTrash size={14} />} onClick={() => setAsking(true)}>
          {say("web.do.remove")}
        </Button>
      )}
      <Confirm
        opened={asking}
        onClose={() => setAsking(false)}
        title={say("web.maps.programmes.remove")}
        verb={say("web.do.remove")}
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate(undefined, { onSuccess: () => go("..", { relative: "path" }) })}
      >
        {say("web.maps.programmes.remove_why")}
      </Confirm>
    </>
  );
}

function Step({ project, step, number }: { project: ProjectOf; step: ProjectStep; number: number }) {
  const say = useSay();
  const { pass } = useProjectActions(project.id);
  const now = step.state === "now";
  return (
    <section className={classes.step} aria-labelledby={`step-${step.key}`}>
      <div className={classes.number} aria-hidden>
        {step.state === "passed" ? <IconCheck size={16} /> : number}
      </div>
      <div className={classes.told}>
        <h2 id={`step-${step.key}`}>{step.title}</h2>
        <p>{step.about}</p>
        {step.passed && <p className={classes.passed}>{step.passed}</p>}
        {now && (
          <>
            <Inside project={project} step={step} />
            {project.edits && (
              <Button
                loading={pass.isPending}
                disabled={step.gates.some((one) => !one.open)}
                onClick={() => pass.mutate(step.key)}
              >
                {say("web.maps.programmes.pass")}
              </Button>
            )}
            {pass.error && <Problem error={pass.error} />}
          </>
        )}
        {step.state === "passed" && (
          <details className={classes.look}>
            <summary>{say("web.maps.programmes.look")}</summary>
            <div className={classes.told}>
              <Inside project={project} step={step} />
            </div>
          </details>
        )}
      </div>
    </section>
  );
}

/** What is written and chosen in a step, and what must be there. */
function Inside({ project, step }: { project: ProjectOf; step: ProjectStep }) {
  const scene = step.gates.find((one) => one.key.startsWith("scenario"));
  return (
    <>
      {step.notes.length > 0 && <Notes project={project} step={step} />}
      {step.gates.some((one) => one.key === "map") && <ChosenMap project={project} />}
      {scene && project.map_title && (
        <Scene key={project.map} project={project} whole={scene.key === "scenario_whole"} />
      )}
      <Aids project={project} step={step} />
      <Gates project={project} step={step} />
    </>
  );
}

/** What must be there, what of it is, and the page where the rest is made. */
function Gates({ project, step }: { project: ProjectOf; step: ProjectStep }) {
  const say = useSay();
  const ws = encodeURIComponent(useWorkspaceName());
  const { keep } = useProjectActions(project.id);
  return (
    <ul className={classes.gates} aria-label={say("web.maps.programmes.gates", { step: step.title })}>
      {step.gates.map((gate) => (
        <li key={gate.key} data-open={gate.open}>
          {gate.open ? (
            <IconCircleCheck size={16} aria-label={say("web.maps.programmes.there")} />
          ) : (
            <IconCircle size={16} aria-label={say("web.maps.programmes.missing")} />
          )}
          <span>{gate.told}</span>
          {!gate.open &&
            gate.place &&
            (gate.place.startsWith("#") ? (
              <a href={gate.place}>{say("web.maps.programmes.go")}</a>
            ) : (
              <Link to={`/w/${ws}/${gate.place}`}>{say("web.maps.programmes.go")}</Link>
            ))}
          {!gate.open && gate.key === "version" && project.map && project.edits && (
            <Button
              size="compact-xs"
              variant="default"
              loading={keep.isPending}
              onClick={() => keep.mutate({ map: project.map ?? "", name: project.title })}
            >
              {say("web.maps.programmes.keep")}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}

function Notes({ project, step }: { project: ProjectOf; step: ProjectStep }) {
  const { change } = useProjectActions(project.id);
  const save = (key: string, text: string, before: string) => {
    if (text !== before) change.mutate({ notes: { [key]: text } });
  };
  return (
    <div className={classes.notes}>
      {step.notes.map((note) => {
        const Input = note.key === "owner" ? TextInput : Textarea;
        return (
          <Input
            key={note.key}
            label={note.label}
            defaultValue={note.text}
            readOnly={!project.edits}
            {...(Input === Textarea ? { autosize: true, minRows: 1 } : {})}
            onBlur={(event: { currentTarget: { value: string } }) =>
              save(note.key, event.currentTarget.value, note.text)
            }
          />
        );
      })}
      {change.error && <Problem error={change.error} />}
    </div>
  );
}
