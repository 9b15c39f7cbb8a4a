import { Button, Menu, Skeleton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconDots } from "@tabler/icons-react";
import { Link, useNavigate, useParams } from "react-router";
import {
  type InsightOf,
  useInsight,
  useInsightActions,
  useInsightFile,
  useInsights,
} from "@/hooks/useInsights";
import { useRole } from "@/hooks/useRole";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { useZone } from "@/hooks/useZone";
import { Card } from "@/parts/Card";
import { Confirm } from "@/parts/Confirm";
import { Dialog } from "@/parts/Dialog";
import { Empty } from "@/parts/Empty";
import { told } from "@/parts/notice";
import { Page } from "@/parts/Page";
import { Problem } from "@/parts/Problem";
import { moment } from "@/parts/when";
import { useSay } from "@/words/say";
import { Carried } from "./Carried";
import { InsightForm } from "./InsightForm";
import classes from "./Insights.module.css";
import { Quoted } from "./Quoted";
import { StateOf } from "./StateOf";

/** One insight: what it says, word for word what it stands on, and what was done to it. */
export function InsightPage() {
  const { id = "" } = useParams();
  const say = useSay();
  const found = useInsight(id);
  if (found.data) return <Opened insight={found.data} />;
  return (
    <Page title={say("web.shell.insights")} back={{ to: "insights", label: say("web.shell.insights") }}>
      {found.isError ? (
        <Problem error={found.error} retry={() => found.refetch()} />
      ) : (
        <Skeleton height={320} radius={12} />
      )}
    </Page>
  );
}

function Opened({ insight }: { insight: InsightOf }) {
  const say = useSay();
  const { may } = useRole();
  const base = `/w/${encodeURIComponent(useWorkspaceName())}`;
  return (
    <Page
      title={insight.title}
      about={
        <>
          <StateOf insight={insight} /> {insight.owner && say("web.insights.owned", { who: insight.owner })}
        </>
      }
      back={{ to: "insights", label: say("web.shell.insights") }}
      actions={
        <>
          {may("analyst") && <Edit insight={insight} />}
          <More insight={insight} />
        </>
      }
    >
      <div className={classes.insight}>
        <div className={classes.main}>
          {insight.text && <p className={classes.text}>{insight.text}</p>}
          {insight.quotes.length ? (
            <ol className={classes.quotes} aria-label={say("web.insights.quotes")}>
              {insight.quotes.map((quote) => (
                <Quoted key={quote.id} of={quote} insight={insight.id} />
              ))}
            </ol>
          ) : (
            <div className={classes.assumed}>
              <Empty title={say("web.insights.assumed")} why={say("web.insights.assumed_why")}>
                <Button component={Link} to={`${base}/inbox`}>
                  {say("web.insights.to_inbox")}
                </Button>
              </Empty>
            </div>
          )}
        </div>
        <aside className={classes.aside}>
          <Card title={say("web.insights.reliability")}>
            <Carried of={insight.reliability} whole />
            <p className={classes.rule}>{say("web.insights.rule")}</p>
          </Card>
          {insight.places.length > 0 && <Places insight={insight} />}
          <History insight={insight} />
        </aside>
      </div>
    </Page>
  );
}

/** Where in the journey it belongs. */
function Places({ insight }: { insight: InsightOf }) {
  const say = useSay();
  const said = (["stage", "step", "touchpoint", "topic"] as const).filter((name) => insight.place?.[name]);
  return (
    <Card title={say("web.insights.where")}>
      <dl className={classes.facts}>
        {said.map((name, place) => (
          <div key={name}>
            <dt>{say(`web.insights.${name}`)}</dt>
            <dd>{insight.places[place]?.name}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

function History({ insight }: { insight: InsightOf }) {
  const say = useSay();
  const zone = useZone();
  return (
    <Card title={say("web.insights.history")}>
      <ol className={classes.history}>
        {insight.history.map(({ time, by_name, text, what }) => (
          <li key={`${time}${what}`}>
            <time dateTime={time}>{moment(time, zone)}</time>
            <span>
              {by_name && <b>{by_name}</b>} {text}
            </span>
          </li>
        ))}
      </ol>
    </Card>
  );
}

function Edit({ insight }: { insight: InsightOf }) {
  const say = useSay();
  const [opened, { open, close }] = useDisclosure();
  const { save } = useInsightActions();
  const choices = useInsights({}, opened).data?.choices;
  return (
    <>
      <Button onClick={open}>{say("web.insights.edit")}</Button>
      <Dialog opened={opened} onClose={close} title={say("web.insights.edit")} size="lg">
        {choices && (
          <InsightForm
            key={insight.version}
            from={insight}
            choices={choices}
            verb={say("web.do.save")}
            busy={save.isPending}
            error={save.error}
            onSave={({ title, text, state, owner, place }) =>
              save.mutate(
                { id: insight.id, version: insight.version, title, text, state, owner, place },
                { onSuccess: close },
              )
            }
            onCancel={close}
          />
        )}
      </Dialog>
    </>
  );
}

function More({ insight }: { insight: InsightOf }) {
  const say = useSay();
  const go = useNavigate();
  const file = useInsightFile();
  const ws = useWorkspaceName();
  const { may } = useRole();
  const { remove } = useInsightActions();
  const [removing, { open, close }] = useDisclosure();
  const gone = () => {
    told(say("web.insights.removed"));
    go(`/w/${encodeURIComponent(ws)}/insights`);
  };
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" px={8} aria-label={say("web.do.more_of", { name: insight.title })}>
            <IconDots size={16} />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {(["md", "csv", "json"] as const).map((format) => (
            <Menu.Item key={format} component="a" href={file(format, insight.id)} download>
              {say(`web.insights.as_${format}`)}
            </Menu.Item>
          ))}
          {may("analyst") && <Menu.Item onClick={open}>{say("web.do.delete")}</Menu.Item>}
        </Menu.Dropdown>
      </Menu>
      <Confirm
        opened={removing}
        onClose={close}
        title={say("web.insights.remove_sure", { name: insight.title })}
        verb={say("web.do.delete")}
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate(insight.id, { onSuccess: gone })}
      >
        {say("web.insights.remove_what")}
      </Confirm>
    </>
  );
}
