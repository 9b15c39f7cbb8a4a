import { Button } from "@mantine/core";
import { useState } from "react";
import { Link } from "react-router";
import { type Channel, useChannels } from "@/hooks/useModel";
import { useRole } from "@/hooks/useRole";
import { useWorkspace } from "@/hooks/useWorkspace";
import { Card } from "@/parts/Card";
import { Chip } from "@/parts/Chip";
import { Empty } from "@/parts/Empty";
import { whole } from "@/parts/numbers";
import { Problem } from "@/parts/Problem";
import { Rows, RowsLoading } from "@/parts/Rows";
import { useSay } from "@/words/say";
import classes from "../Settings.module.css";
import { NameChannel } from "./NameChannel";

/** The channels that events come by, what each is called, and those that are known but not in the data. */
export function Channels() {
  const say = useSay();
  const found = useChannels();
  const [naming, setNaming] = useState<Channel | null>(null);
  if (found.isPending) return <RowsLoading />;
  if (found.isError) return <Problem error={found.error} retry={() => found.refetch()} />;
  const seen = found.data.filter((one) => one.events > 0);
  const others = found.data.filter((one) => one.events === 0);
  return (
    <div className={classes.stack}>
      <About />
      {seen.length ? (
        <Card title={say("web.settings.channels_seen")} flush>
          <Table label={say("web.settings.channels_seen")} channels={seen} onName={setNaming} />
        </Card>
      ) : (
        <Empty title={say("web.settings.channels_none")} why={say("web.settings.channels_none_why")} />
      )}
      {others.length > 0 && (
        <Card title={say("web.settings.channels_unseen")} flush>
          <Table label={say("web.settings.channels_unseen")} channels={others} onName={setNaming} />
        </Card>
      )}
      {naming && <NameChannel key={naming.key} channel={naming} onClose={() => setNaming(null)} />}
    </div>
  );
}

/** Where names are kept; and the way there, where there is no model to keep them. */
function About() {
  const say = useSay();
  const model = useWorkspace().data?.default_model;
  if (model === null)
    return (
      <div className={classes.bar}>
        <p>{say("web.settings.channels_no_model")}</p>
        <Button component={Link} to="../models" relative="path" variant="default">
          {say("web.settings.channels_to_models")}
        </Button>
      </div>
    );
  return <p className={classes.faint}>{say("web.settings.channels_about")}</p>;
}

function Table({
  label,
  channels,
  onName,
}: {
  label: string;
  channels: Channel[];
  onName: (channel: Channel) => void;
}) {
  const say = useSay();
  const { may } = useRole();
  const renames = Boolean(useWorkspace().data?.default_model) && may("editor");
  return (
    <Rows
      label={label}
      heads={[
        { key: "name", title: say("web.settings.channel") },
        { key: "key", title: say("web.settings.in_data") },
        { key: "online", title: say("web.settings.online"), extra: true },
        { key: "events", title: say("web.settings.channel_events"), number: true },
        { key: "rename", title: say("web.do.rename"), unseen: true },
      ]}
      rows={channels.map((one) => ({
        key: one.key,
        cells: [
          one.known ? (
            <b key="name">{one.name[say.lang]}</b>
          ) : (
            <Chip key="name" tone="mid">
              {say("web.settings.not_named")}
            </Chip>
          ),
          <code key="key">{one.key}</code>,
          one.online === null ? (
            "—"
          ) : (
            <Chip key="online">{say(one.online ? "web.settings.is_online" : "web.settings.is_offline")}</Chip>
          ),
          one.events ? whole(one.events) : "—",
          renames && (
            <Button key="rename" variant="subtle" size="compact-sm" onClick={() => onName(one)}>
              {say("web.do.rename")}
            </Button>
          ),
        ],
      }))}
    />
  );
}
