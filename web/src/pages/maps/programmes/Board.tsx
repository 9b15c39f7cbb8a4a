import { ActionIcon, Button, Menu, Select, TextInput } from "@mantine/core";
import { IconArrowUpRight, IconMinus, IconPlus, IconX } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { Chip } from "@/parts/Chip";
import { Problem } from "@/parts/Problem";
import { useSay } from "@/words/say";
import classes from "./Board.module.css";
import aids from "./Programmes.module.css";
import { type ProjectIdea, type ProjectOf, type ProjectStep, useBoard } from "./useProgrammes";

interface Props {
  project: ProjectOf;
  step: ProjectStep;
}

/** Questions, the ideas that answer them, and everybody's dots; where only suggestions are asked for, those alone. */
export function Board({ project, step }: Props) {
  const say = useSay();
  const board = useBoard(project.id);
  const kind = step.gates.some((one) => one.key === "ideas") ? "idea" : "opportunity";
  const ideas = project.ideas.filter((one) => one.kind === "idea");
  const chosen = project.ideas.filter((one) => one.kind !== "idea");
  const free = ideas.filter((one) => !one.question);
  const error = board.vote.error ?? board.become.error ?? board.withdraw.error;
  return (
    <div className={aids.aid}>
      {kind === "idea" && (
        <>
          <Ask project={project} />
          {ideas.length > 0 && (
            <p className={classes.left}>
              {say("web.maps.programmes.dots_left", { n: project.dots_left, of: project.dots_of })}
            </p>
          )}
          {project.questions.map((one) => (
            <section key={one.key} className={classes.question}>
              <h3>
                {say("web.maps.programmes.how", { question: one.text })}
                {project.edits && (
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={say("web.maps.programmes.withdraw", { question: one.text })}
                    onClick={() => board.withdraw.mutate(one.key)}
                  >
                    <IconX size={14} />
                  </ActionIcon>
                )}
              </h3>
              <Ideas project={project} ideas={ideas.filter((idea) => idea.question === one.key)} />
            </section>
          ))}
          {free.length > 0 && (
            <section className={classes.question}>
              {project.questions.length > 0 && <h3>{say("web.maps.programmes.other_ideas")}</h3>}
              <Ideas project={project} ideas={free} />
            </section>
          )}
        </>
      )}
      {chosen.length > 0 && (
        <section className={classes.question}>
          <h3>{say("web.maps.programmes.chosen_ideas")}</h3>
          <Ideas project={project} ideas={chosen} />
        </section>
      )}
      {error && <Problem error={error} />}
      {project.edits && <Write project={project} kind={kind} />}
    </div>
  );
}

function Ideas({ project, ideas }: { project: ProjectOf; ideas: ProjectIdea[] }) {
  if (!ideas.length) return null;
  return (
    <ul className={classes.ideas}>
      {ideas.map((one) => (
        <li key={one.key} data-kind={one.kind}>
          <Idea project={project} idea={one} />
        </li>
      ))}
    </ul>
  );
}

/** An idea with its dots: one's own are put on and taken off; who edits makes it an opportunity or an action. */
function Idea({ project, idea }: { project: ProjectOf; idea: ProjectIdea }) {
  const say = useSay();
  const { vote, become } = useBoard(project.id);
  const step = project.map_steps.find((one) => one.key === idea.step)?.name;
  const put = (dots: number) => vote.mutate({ idea: idea.key, dots });
  return (
    <>
      <p>{idea.text}</p>
      <small>
        {[step, idea.owner].filter(Boolean).join(" · ")}{" "}
        {idea.kind !== "idea" && <Chip>{say(`web.maps.programmes.becomes.${idea.kind}`)}</Chip>}
      </small>
      <div className={classes.foot}>
        <span
          className={classes.dots}
          role="img"
          aria-label={say("web.maps.programmes.dots", { n: idea.dots, voters: idea.voters })}
        >
          {Array.from({ length: idea.dots }, (_, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: they are their places
            <i key={place} data-mine={place < idea.mine} />
          ))}
          {idea.dots > 0 && idea.dots}
        </span>
        {idea.kind === "idea" && (
          <>
            <ActionIcon.Group>
              <ActionIcon
                variant="default"
                aria-label={say("web.maps.programmes.dot_off", { idea: idea.text })}
                disabled={!idea.mine || vote.isPending}
                onClick={() => put(idea.mine - 1)}
              >
                <IconMinus size={14} />
              </ActionIcon>
              <ActionIcon
                variant="default"
                aria-label={say("web.maps.programmes.dot_on", { idea: idea.text })}
                disabled={!project.dots_left || vote.isPending}
                onClick={() => put(idea.mine + 1)}
              >
                <IconPlus size={14} />
              </ActionIcon>
            </ActionIcon.Group>
            {project.edits && (
              <Menu position="bottom-end">
                <Menu.Target>
                  <Button
                    size="compact-xs"
                    variant="subtle"
                    leftSection={<IconArrowUpRight size={14} />}
                    aria-label={say("web.maps.programmes.become_of", { idea: idea.text })}
                    loading={become.isPending}
                  >
                    {say("web.maps.programmes.become")}
                  </Button>
                </Menu.Target>
                <Menu.Dropdown>
                  {(["opportunity", "action"] as const).map((kind) => (
                    <Menu.Item key={kind} onClick={() => become.mutate({ idea: idea.key, kind })}>
                      {say(`web.maps.programmes.becomes.${kind}`)}
                    </Menu.Item>
                  ))}
                </Menu.Dropdown>
              </Menu>
            )}
          </>
        )}
      </div>
    </>
  );
}

function Ask({ project }: { project: ProjectOf }) {
  const say = useSay();
  const { ask } = useBoard(project.id);
  const [text, setText] = useState("");
  if (!project.edits) return null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    ask.mutate({ text: text.trim() }, { onSuccess: () => setText("") });
  };
  return (
    <>
      <form className={aids.line} onSubmit={submit}>
        <TextInput
          className={aids.wide}
          label={say("web.maps.programmes.ask")}
          placeholder={say("web.maps.programmes.ask_like")}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" loading={ask.isPending} disabled={!text.trim()}>
          {say("web.maps.programmes.ask_do")}
        </Button>
      </form>
      {ask.error && <Problem error={ask.error} />}
    </>
  );
}

/** Writes an idea, or a suggestion with who takes it: both are cards of the map. */
function Write({ project, kind }: { project: ProjectOf; kind: "idea" | "opportunity" }) {
  const say = useSay();
  const { idea } = useBoard(project.id);
  const [at, setAt] = useState<string | null>(project.focus[0] ?? null);
  const [question, setQuestion] = useState<string | null>(null);
  const [text, setText] = useState("");
  const [owner, setOwner] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!at) return;
    const made = { step: at, text: text.trim(), kind, owner: owner.trim() || null, question };
    idea.mutate(made, { onSuccess: () => setText("") });
  };
  return (
    <>
      <form className={aids.line} onSubmit={submit}>
        <Select
          label={say("web.maps.programmes.at")}
          value={at}
          data={project.map_steps.map((one) => ({ value: one.key, label: one.name }))}
          onChange={setAt}
        />
        {kind === "idea" && project.questions.length > 0 && (
          <Select
            clearable
            label={say("web.maps.programmes.answers")}
            value={question}
            data={project.questions.map((one) => ({ value: one.key, label: one.text }))}
            onChange={setQuestion}
          />
        )}
        <TextInput
          className={aids.wide}
          label={say(`web.maps.programmes.kinds.${kind}`)}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {kind === "opportunity" && (
          <TextInput
            label={say("web.maps.programmes.who_does")}
            value={owner}
            onChange={(event) => setOwner(event.currentTarget.value)}
          />
        )}
        <Button type="submit" variant="default" loading={idea.isPending} disabled={!at || !text.trim()}>
          {say("web.maps.programmes.put")}
        </Button>
      </form>
      {idea.error && <Problem error={idea.error} />}
    </>
  );
}
