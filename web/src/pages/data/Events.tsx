import { TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import { Link } from "react-router";
import { useCatalogue } from "@/hooks/useSources";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { useZone } from "@/hooks/useZone";
import { Card } from "@/parts/Card";
import { Empty } from "@/parts/Empty";
import { whole } from "@/parts/numbers";
import { Problem } from "@/parts/Problem";
import { Rows, RowsLoading } from "@/parts/Rows";
import { moment } from "@/parts/when";
import { useSay } from "@/words/say";
import { ModeChip } from "./contracts/ModeChip";
import classes from "./Data.module.css";
import { NoData } from "./NoData";
import { Spark } from "./Spark";

const WAIT = 120;

/** Every event name with its volume, and how its contract is held. */
export function Events() {
  const say = useSay();
  const ws = useWorkspaceName();
  const zone = useZone();
  const [search, setSearch] = useState("");
  const [asked] = useDebouncedValue(search, WAIT);
  const found = useCatalogue(asked);
  if (found.isError) return <Problem error={found.error} retry={() => found.refetch()} />;
  const day = (time: string) => moment(time, zone).slice(0, 10);
  if (found.data?.events.length === 0 && !asked) return <NoData />;
  return (
    <>
      <div className={classes.find}>
        <TextInput
          leftSection={<IconSearch size={14} />}
          placeholder={say("web.data.find_event")}
          aria-label={say("web.data.find_event")}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        {found.data && (
          <span className={classes.faint} role="status">
            {say("web.data.names", { n: found.data.total })}
          </span>
        )}
      </div>
      <Card flush>
        {found.isPending && <RowsLoading />}
        {found.data?.events.length === 0 && (
          <Empty title={say("web.parts.nothing_found")} why={say("web.data.no_such_event")} />
        )}
        {Boolean(found.data?.events.length) && (
          <Rows
            label={say("web.data.events")}
            heads={[
              { key: "name", title: say("web.data.event") },
              { key: "days", title: say("web.data.by_day"), extra: true },
              { key: "events", title: say("web.data.all_events"), number: true },
              { key: "customers", title: say("web.shell.customers"), number: true, extra: true },
              { key: "first", title: say("web.data.first"), extra: true },
              { key: "last", title: say("web.data.last") },
              { key: "contract", title: say("web.data.contracts"), extra: true },
            ]}
            rows={(found.data?.events ?? []).map((one) => ({
              key: one.name,
              cells: [
                <Link
                  key="name"
                  className={classes.link}
                  to={`/w/${encodeURIComponent(ws)}/data/events/${encodeURIComponent(one.name)}`}
                >
                  {one.name}
                </Link>,
                <Spark key="days" days={one.days} first={found.data?.first_day ?? null} />,
                whole(one.events),
                whole(one.customers),
                day(one.first),
                day(one.last),
                one.contract ? <ModeChip key="mode" {...one.contract} /> : "—",
              ],
            }))}
          />
        )}
      </Card>
    </>
  );
}
