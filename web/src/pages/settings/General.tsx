import { Skeleton } from "@mantine/core";
import { useWorkspace } from "@/hooks/useWorkspace";
import { Card } from "@/parts/Card";
import { whole } from "@/parts/numbers";
import { Problem } from "@/parts/Problem";
import { moment } from "@/parts/when";
import { useSay } from "@/words/say";
import classes from "./Settings.module.css";

/** The workspace: what it is called, by which clock its days go, what it holds. */
export function General() {
  const say = useSay();
  const found = useWorkspace();
  if (found.isPending) return <Skeleton height={220} radius="lg" />;
  if (found.isError) return <Problem error={found.error} retry={() => found.refetch()} />;
  const { title, name, zone, events, customers, first, last, default_model } = found.data;
  const day = (time: string | null) => moment(time, zone || "UTC").slice(0, 10);
  return (
    <div className={`${classes.stack} ${classes.narrow}`}>
      <Card title={say("web.settings.workspace")}>
        <dl className={classes.facts}>
          <dt>{say("web.settings.title")}</dt>
          <dd>{title}</dd>
          <dt>{say("web.settings.folder")}</dt>
          <dd>
            <code>{name}</code>
          </dd>
          <dt>{say("web.settings.zone")}</dt>
          <dd>{zone || "UTC"}</dd>
          <dt>{say("web.settings.languages")}</dt>
          <dd>{say("web.settings.both_languages")}</dd>
          <dt>{say("web.settings.default_model")}</dt>
          <dd>{default_model ?? "—"}</dd>
          <dt>{say("web.settings.holds")}</dt>
          <dd>
            {say("web.parts.events", { n: events })} · {say("web.parts.customers", { n: customers })}
          </dd>
          <dt>{say("web.data.span")}</dt>
          <dd>{events ? `${day(first)} – ${day(last)}` : whole(null)}</dd>
        </dl>
      </Card>
      <p className={classes.faint}>{say("web.settings.in_file")}</p>
    </div>
  );
}
