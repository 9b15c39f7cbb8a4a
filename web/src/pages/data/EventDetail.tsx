import { Button } from "@mantine/core";
import { Link, useParams } from "react-router";
import type { Of } from "@/api/schemas";
import { useCatalogued } from "@/hooks/useSources";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { useZone } from "@/hooks/useZone";
import { askOf } from "@/pages/explore/address";
import { Card } from "@/parts/Card";
import { Num } from "@/parts/Num";
import { percent } from "@/parts/numbers";
import { Problem } from "@/parts/Problem";
import { Rows, RowsLoading } from "@/parts/Rows";
import { moment } from "@/parts/when";
import { useSay } from "@/words/say";
import { Crumb } from "./Crumb";
import classes from "./Data.module.css";
import { Spark } from "./Spark";

/** One event: how much there is of it, and what it carries. */
export function EventDetail() {
  const say = useSay();
  const { event = "" } = useParams();
  const ws = encodeURIComponent(useWorkspaceName());
  const zone = useZone();
  const found = useCatalogued(event);
  if (found.isPending) return <RowsLoading />;
  if (found.isError) return <Problem error={found.error} retry={() => found.refetch()} />;
  const { data } = found;
  return (
    <div className={classes.stack}>
      <Crumb to="events" parent={say("web.data.events")} title={event}>
        <Button
          variant="default"
          component={Link}
          to={`/w/${ws}/data/contracts/${encodeURIComponent(event)}`}
        >
          {say(data.contract ? "web.data.see_contract" : "web.data.make_contract")}
        </Button>
        <Button component={Link} to={`/w/${ws}/${askOf("trend", { event })}`}>
          {say("web.boards.to_explore")}
        </Button>
      </Crumb>
      <div className={classes.glance}>
        <Num label={say("web.data.all_events")} value={data.events} />
        <Num label={say("web.shell.customers")} value={data.customers} />
        <div>
          <div className={classes.label}>{say("web.data.span")}</div>
          <b className={classes.value}>
            {moment(data.first, zone).slice(0, 10)} – {moment(data.last, zone).slice(0, 10)}
          </b>
        </div>
        <div>
          <div className={classes.label}>{say("web.data.by_day")}</div>
          <Spark days={data.days} first={null} />
        </div>
      </div>
      <Card title={say("web.data.properties")} aside={say("web.data.looked_at", { n: data.looked_at })} flush>
        <Carried label={say("web.data.properties")} properties={data.properties} />
      </Card>
      <Card title={say("web.data.own_fields")} flush>
        <Carried label={say("web.data.own_fields")} properties={data.fields} />
      </Card>
    </div>
  );
}

function Carried({ label, properties }: { label: string; properties: Of<"PropertyOf">[] }) {
  const say = useSay();
  if (!properties.length) return <p className={classes.more}>{say("web.data.carries_nothing")}</p>;
  return (
    <Rows
      label={label}
      heads={[
        { key: "name", title: say("web.data.property") },
        { key: "kinds", title: say("web.data.kind") },
        { key: "share", title: say("web.data.filled") },
        { key: "samples", title: say("web.data.samples"), extra: true },
      ]}
      rows={properties.map((one) => ({
        key: one.name,
        cells: [
          <b key="name" className={classes.name}>
            {one.name}
          </b>,
          one.kinds.map((kind) => say(`web.data.kind_${kind}`)).join(say("values.and")),
          <span key="share" className={classes.filled}>
            <span className={classes.track} aria-hidden="true">
              <span style={{ width: `${one.share * 100}%` }} />
            </span>
            {percent(one.share, 0)}
          </span>,
          <span key="samples" className={classes.samples}>
            {one.samples.length ? one.samples.map(String).join(" · ") : "—"}
          </span>,
        ],
      }))}
    />
  );
}
