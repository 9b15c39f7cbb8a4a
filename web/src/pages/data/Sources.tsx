import { Link } from "react-router";
import type { Of } from "@/api/schemas";
import { useSources } from "@/hooks/useSources";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { useZone } from "@/hooks/useZone";
import { Card } from "@/parts/Card";
import { Num } from "@/parts/Num";
import { whole } from "@/parts/numbers";
import { Problem } from "@/parts/Problem";
import { Rows, RowsLoading } from "@/parts/Rows";
import { ago, moment } from "@/parts/when";
import { useSay } from "@/words/say";
import classes from "./Data.module.css";
import { NoData } from "./NoData";

type Found = Of<"Sources">;

/** Each source: how much, how fast, how fresh, and what of it was set aside. */
export function Sources() {
  const say = useSay();
  const ws = useWorkspaceName();
  const base = `/w/${encodeURIComponent(ws)}`;
  const found = useSources();
  if (found.isPending) return <RowsLoading />;
  if (found.isError) return <Problem error={found.error} retry={() => found.refetch()} />;
  if (!found.data.events) return <NoData />;
  return (
    <div className={classes.stack}>
      <Glance found={found.data} />
      <Card title={say("web.data.sources")} flush>
        <SourceRows found={found.data} />
      </Card>
      {found.data.set_aside.length > 0 && (
        <Card
          title={say("web.data.aside")}
          aside={
            <Link className={classes.go} to={`${base}/data/quarantine`}>
              {say("web.data.aside_look")}
            </Link>
          }
          flush
        >
          <Aside found={found.data} />
        </Card>
      )}
      {found.data.imports.length > 0 && (
        <Card title={say("web.data.imports")} flush>
          <Imports found={found.data} />
        </Card>
      )}
    </div>
  );
}

function Glance({ found }: { found: Found }) {
  const say = useSay();
  const hour = found.sources.reduce((sum, one) => sum + one.last_hour, 0);
  const day = found.sources.reduce((sum, one) => sum + one.last_day, 0);
  return (
    <div className={classes.glance}>
      <Num label={say("web.data.all_events")} value={found.events} />
      <Num label={say("web.data.last_hour")} value={hour} />
      <Num label={say("web.data.last_day")} value={day} />
      <Num label={say("web.data.repeats")} value={found.repeats} />
      <Num label={say("web.data.aside")} value={found.set_aside.reduce((sum, one) => sum + one.rows, 0)} />
      <div>
        <div className={classes.label}>{say("web.data.received")}</div>
        <b className={classes.value}>{found.received ? ago(found.received, say.lang) : "—"}</b>
      </div>
    </div>
  );
}

function SourceRows({ found }: { found: Found }) {
  const say = useSay();
  const zone = useZone();
  return (
    <Rows
      label={say("web.data.sources")}
      heads={[
        { key: "name", title: say("web.data.source") },
        { key: "events", title: say("web.data.all_events"), number: true },
        { key: "customers", title: say("web.shell.customers"), number: true, extra: true },
        { key: "hour", title: say("web.data.last_hour"), number: true },
        { key: "day", title: say("web.data.last_day"), number: true, extra: true },
        { key: "received", title: say("web.data.received"), extra: true },
        { key: "span", title: say("web.data.span"), extra: true },
      ]}
      rows={found.sources.map((one) => ({
        key: one.name ?? "",
        cells: [
          <b key="name" className={classes.name}>
            {one.name ?? say("web.data.no_source")}
          </b>,
          whole(one.events),
          whole(one.customers),
          whole(one.last_hour),
          whole(one.last_day),
          one.received ? ago(one.received, say.lang) : say("web.data.long_ago"),
          `${moment(one.first, zone).slice(0, 10)} – ${moment(one.last, zone).slice(0, 10)}`,
        ],
      }))}
    />
  );
}

function Aside({ found }: { found: Found }) {
  const say = useSay();
  return (
    <Rows
      label={say("web.data.aside")}
      heads={[
        { key: "origin", title: say("web.data.origin") },
        { key: "rows", title: say("web.data.rows"), number: true },
        { key: "newest", title: say("web.data.newest"), extra: true },
      ]}
      rows={found.set_aside.map((one) => ({
        key: one.origin,
        cells: [
          say.known(`web.data.origin_${one.origin}`, one.origin),
          whole(one.rows),
          ago(one.newest, say.lang),
        ],
      }))}
    />
  );
}

function Imports({ found }: { found: Found }) {
  const say = useSay();
  const zone = useZone();
  return (
    <Rows
      label={say("web.data.imports")}
      heads={[
        { key: "name", title: say("web.data.import") },
        { key: "events", title: say("web.data.all_events"), number: true },
        { key: "repeats", title: say("web.data.repeats"), number: true, extra: true },
        { key: "time", title: say("web.data.read_at") },
      ]}
      rows={found.imports.map((one) => ({
        key: `${one.name} ${one.time}`,
        cells: [
          say.known(`web.data.import_${one.name.toLowerCase()}`, one.name),
          whole(one.events),
          whole(one.repeats),
          moment(one.time, zone),
        ],
      }))}
    />
  );
}
