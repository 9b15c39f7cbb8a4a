import {
  Spotlight,
  type SpotlightActionData,
  type SpotlightActionGroupData,
  spotlight,
} from "@mantine/spotlight";
import { IconBolt, IconChartBar, IconSearch, IconUser } from "@tabler/icons-react";
import "@mantine/spotlight/styles.css";
import { useEffect, useState } from "react";
import { useNavigate } from "react-router";
import { useAnalyses } from "@/hooks/useAnalyses";
import { useBegin } from "@/hooks/useBegin";
import { useEvents } from "@/hooks/useEvents";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { askOf } from "@/pages/explore/address";
import { useSay } from "@/words/say";
import classes from "./Palette.module.css";
import { ALL_PLACES } from "./places";

const MOST = 6;

/** Finds anything: a page, a question, an event, a customer by id. It opens each time it is called. */
export default function Palette({ called }: { called: number }) {
  const say = useSay();
  const go = useNavigate();
  const name = useWorkspaceName();
  const ws = `/w/${encodeURIComponent(name)}`;
  const [query, setQuery] = useState("");
  useEffect(() => {
    if (called) spotlight.open();
  }, [called]);
  const analyses = useAnalyses();
  const begins = useBegin().data;
  const events = useEvents(query);
  const has = (...texts: string[]) => texts.join(" ").toLowerCase().includes(query.trim().toLowerCase());

  const pages: SpotlightActionData[] = ALL_PLACES.filter(({ word, path }) => has(say(word), path)).map(
    ({ path, word, icon: Icon }) => ({
      id: path,
      label: say(word),
      leftSection: <Icon size={16} stroke={1.7} />,
      onClick: () => go(`${ws}/${path}`),
    }),
  );
  const questions: SpotlightActionData[] = (analyses.data ?? [])
    .filter(({ title, what, name: key }) => query && has(title, what, key))
    .slice(0, MOST)
    .map(({ name: key, title, what }) => ({
      id: `ask-${key}`,
      label: title,
      description: what,
      leftSection: <IconChartBar size={16} stroke={1.7} />,
      onClick: () => go(`${ws}/${askOf(key, begins?.[key] ?? {})}`),
    }));
  const found: SpotlightActionData[] = (events.data ?? [])
    .filter((one) => query && has(one.name))
    .slice(0, MOST)
    .map((one) => ({
      id: `event-${one.name}`,
      label: one.name,
      description: say("web.parts.events", { n: one.events }),
      leftSection: <IconBolt size={16} stroke={1.7} />,
      onClick: () => go(`${ws}/${askOf("trend", { event: one.name })}`),
    }));
  const someone: SpotlightActionData[] = query.trim()
    ? [
        {
          id: "customer",
          label: say("web.shell.open_customer", { id: query.trim() }),
          leftSection: <IconUser size={16} stroke={1.7} />,
          onClick: () => go(`${ws}/customers/${encodeURIComponent(query.trim())}`),
        },
      ]
    : [];
  const groups: SpotlightActionGroupData[] = [
    { group: say("web.shell.pages"), actions: pages },
    { group: say("web.shell.explore"), actions: questions },
    { group: say("web.shell.events"), actions: found },
    { group: say("web.shell.customers"), actions: someone },
  ].filter(({ actions }) => actions.length);

  return (
    <Spotlight
      actions={groups}
      query={query}
      onQueryChange={setQuery}
      filter={(_query, actions) => actions}
      shortcut={null}
      nothingFound={say("web.parts.nothing_found")}
      overlayProps={{ backgroundOpacity: 0.3, blur: 0 }}
      classNames={classes}
      scrollable
      maxHeight={420}
      searchProps={{
        leftSection: <IconSearch size={16} />,
        placeholder: say("web.shell.find_what"),
        "aria-label": say("web.shell.find"),
      }}
    />
  );
}
