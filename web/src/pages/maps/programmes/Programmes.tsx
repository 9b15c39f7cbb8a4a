import { Button } from "@mantine/core";
import { Link, useNavigate } from "react-router";
import { useRole } from "@/hooks/useRole";
import { Card } from "@/parts/Card";
import { Page } from "@/parts/Page";
import { Problem } from "@/parts/Problem";
import { Rows, RowsLoading } from "@/parts/Rows";
import { useSay } from "@/words/say";
import { Tabs } from "../library/Tabs";
import maps from "../Maps.module.css";
import classes from "./Programmes.module.css";
import { type ProgrammeRow, type ProjectRow, useBeginProject, useProgrammes } from "./useProgrammes";

/** Guided ways of working, and how far the projects are that follow one. */
export function Programmes() {
  const say = useSay();
  const found = useProgrammes();
  return (
    <Page title={say("web.shell.maps")} about={say("web.maps.programmes.about")}>
      <Tabs />
      {found.isError && <Problem error={found.error} retry={() => found.refetch()} />}
      {found.isPending && <RowsLoading />}
      {found.data && found.data.projects.length > 0 && (
        <Card title={say("web.maps.programmes.projects")} flush>
          <Listing projects={found.data.projects} />
        </Card>
      )}
      {found.data && (
        <ul className={classes.programmes} aria-label={say("web.maps.programmes.title")}>
          {found.data.programmes.map((one) => (
            <li key={one.key}>
              <Programme programme={one} />
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
}

function Listing({ projects }: { projects: ProjectRow[] }) {
  const say = useSay();
  return (
    <Rows
      label={say("web.maps.programmes.projects")}
      heads={[
        { key: "title", title: say("web.maps.programmes.project") },
        { key: "programme", title: say("web.maps.programmes.title"), extra: true },
        { key: "done", title: say("web.maps.programmes.done") },
        { key: "now", title: say("web.maps.programmes.now") },
      ]}
      rows={projects.map((one) => ({
        key: one.id,
        cells: [
          <Link key="title" className={maps.named} to={one.id}>
            {one.title}
          </Link>,
          one.programme,
          <Dots key="done" done={one.done} of={one.of} />,
          one.now ?? say("web.maps.programmes.all_done"),
        ],
      }))}
    />
  );
}

function Dots({ done, of }: { done: number; of: number }) {
  return (
    <span className={classes.dots}>
      {Array.from({ length: of }, (_, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are their places
        <i key={place} data-done={place < done} />
      ))}
      {done}/{of}
    </span>
  );
}

function Programme({ programme }: { programme: ProgrammeRow }) {
  const say = useSay();
  const go = useNavigate();
  const { may } = useRole();
  const begin = useBeginProject();
  return (
    <article className={classes.programme}>
      <h2>{programme.title}</h2>
      <p>{programme.about}</p>
      <ol>
        {programme.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      {may("editor") && (
        <Button
          variant="default"
          loading={begin.isPending}
          aria-label={say("web.maps.programmes.begin_with", { title: programme.title })}
          onClick={() => begin.mutate({ programme: programme.key }, { onSuccess: (made) => go(made.id) })}
        >
          {say("web.maps.programmes.begin")}
        </Button>
      )}
      {begin.error && <Problem error={begin.error} />}
    </article>
  );
}
