import { Button, Menu, Select, Skeleton, TextInput } from "@mantine/core";
import { useDebouncedValue, useDisclosure } from "@mantine/hooks";
import { IconDownload, IconPlus, IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import { Link, useNavigate } from "react-router";
import { useAddress } from "@/hooks/useAddress";
import {
  type Choices,
  type InsightRow,
  useInsightActions,
  useInsightFile,
  useInsights,
} from "@/hooks/useInsights";
import { useRole } from "@/hooks/useRole";
import { Card } from "@/parts/Card";
import { Dialog } from "@/parts/Dialog";
import { Empty } from "@/parts/Empty";
import { Page } from "@/parts/Page";
import { Problem } from "@/parts/Problem";
import { Stale } from "@/parts/Stale";
import { useSay } from "@/words/say";
import { Carried } from "./Carried";
import { InsightForm } from "./InsightForm";
import classes from "./Insights.module.css";
import { StateOf } from "./StateOf";

const STATES = ["draft", "confirmed", "retired"] as const;
const FILTERS = ["state", "stage", "topic"] as const;

/** What was learnt: in one sentence each, with the last words it stands on and how far they carry it. */
export function InsightList() {
  const say = useSay();
  const { may } = useRole();
  const [asked, ask] = useAddress();
  const [typed, setTyped] = useState("");
  const [search] = useDebouncedValue(typed.trim(), 200);
  const wanted = Object.fromEntries(FILTERS.map((name) => [name, asked.get(name) ?? ""]));
  const found = useInsights({ ...wanted, search });
  const [making, { open, close }] = useDisclosure();
  const total = found.data?.total ?? 0;
  const button = may("analyst") && (
    <Button leftSection={<IconPlus size={14} />} onClick={open}>
      {say("web.insights.new")}
    </Button>
  );
  const set = (name: string, value: string | null) => ask({ [name]: value });
  return (
    <Page
      title={say("web.shell.insights")}
      about={say("web.insights.about")}
      actions={
        total > 0 && (
          <>
            <Files />
            {button}
          </>
        )
      }
    >
      {found.isError && <Problem error={found.error} retry={() => found.refetch()} />}
      {found.isPending && <Skeleton height={320} radius={12} />}
      {found.data && total === 0 && (
        <Empty title={say("web.insights.none")} why={say("web.insights.none_why")}>
          <Button component={Link} to="../inbox">
            {say("web.insights.to_inbox")}
          </Button>
          {button}
        </Empty>
      )}
      {found.data && total > 0 && (
        <>
          <div className={classes.filters}>
            <TextInput
              size="xs"
              aria-label={say("web.insights.search")}
              placeholder={say("web.insights.search")}
              leftSection={<IconSearch size={14} />}
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
              className={classes.search}
            />
            {FILTERS.map((name) => (
              <Select
                key={name}
                size="xs"
                clearable
                searchable={name === "topic"}
                aria-label={say(`web.insights.${name}`)}
                placeholder={say(`web.insights.${name}`)}
                value={asked.get(name)}
                onChange={(value) => set(name, value)}
                data={choicesOf(name, found.data.choices, (state) => say(`web.insights.state_${state}`))}
              />
            ))}
          </div>
          <Stale when={found.isPlaceholderData}>
            <Card flush>
              {found.data.insights.length ? (
                <ul className={classes.list} aria-label={say("web.shell.insights")}>
                  {found.data.insights.map((one) => (
                    <Row key={one.id} insight={one} />
                  ))}
                </ul>
              ) : (
                <p className={classes.nothing}>{say("web.insights.nothing_fits")}</p>
              )}
            </Card>
          </Stale>
        </>
      )}
      <Making opened={making} onClose={close} choices={found.data?.choices} />
    </Page>
  );
}

function choicesOf(
  name: (typeof FILTERS)[number],
  choices: Choices,
  state: (name: (typeof STATES)[number]) => string,
) {
  if (name === "state") return STATES.map((one) => ({ value: one, label: state(one) }));
  const named = name === "stage" ? choices.stages : choices.topics;
  return named.map(({ key, name: label }) => ({ value: key, label }));
}

function Row({ insight }: { insight: InsightRow }) {
  const { id, title, quoted, places, owner, reliability } = insight;
  const about = [...places.map((place) => place.name), owner].filter(Boolean);
  return (
    <li data-assumed={reliability.value === null}>
      <Link to={id} className={classes.row}>
        <span className={classes.said}>
          <span className={classes.name}>
            <b>{title}</b> <StateOf insight={insight} />
          </span>
          {quoted && <q className={classes.quoted}>{quoted}</q>}
          {about.length > 0 && <small>{about.join(" · ")}</small>}
        </span>
        <Carried of={reliability} />
      </Link>
    </li>
  );
}

function Files() {
  const say = useSay();
  const file = useInsightFile();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={14} />}>
          {say("web.insights.export")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {(["md", "csv", "json"] as const).map((format) => (
          <Menu.Item key={format} component="a" href={file(format)} download>
            {say(`web.insights.as_${format}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function Making({ opened, onClose, choices }: { opened: boolean; onClose: () => void; choices?: Choices }) {
  const say = useSay();
  const go = useNavigate();
  const { add } = useInsightActions();
  return (
    <Dialog opened={opened} onClose={onClose} title={say("web.insights.new")} size="lg">
      {choices && (
        <InsightForm
          choices={choices}
          verb={say("web.insights.keep")}
          busy={add.isPending}
          error={add.error}
          onSave={(said) => add.mutate(said, { onSuccess: (made) => go(made.id) })}
          onCancel={onClose}
        />
      )}
    </Dialog>
  );
}
