import { Link, useNavigate } from "react-router";
import { useContracts } from "@/hooks/useContracts";
import { useRole } from "@/hooks/useRole";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { Card } from "@/parts/Card";
import { Empty } from "@/parts/Empty";
import { whole } from "@/parts/numbers";
import { Problem } from "@/parts/Problem";
import { EventPicker } from "@/parts/pickers/EventPicker";
import { Rows, RowsLoading } from "@/parts/Rows";
import { useSay } from "@/words/say";
import classes from "../Data.module.css";
import { ModeChip } from "./ModeChip";

/** What the properties of events must be, and what broke it. */
export function Contracts() {
  const say = useSay();
  const go = useNavigate();
  const { may } = useRole();
  const base = `/w/${encodeURIComponent(useWorkspaceName())}/data/contracts`;
  const found = useContracts();
  if (found.isPending) return <RowsLoading />;
  if (found.isError) return <Problem error={found.error} retry={() => found.refetch()} />;
  const pick = may("editor") && (
    <EventPicker
      value={null}
      onChange={(event) => event && go(`${base}/${encodeURIComponent(event)}`)}
      placeholder={say("web.data.contract_for")}
      aria-label={say("web.data.contract_for")}
    />
  );
  if (!found.data.length) {
    return (
      <Empty
        title={say("web.data.no_contracts")}
        why={say(may("editor") ? "web.data.no_contracts_why" : "web.data.contracts_role")}
      >
        {pick}
      </Empty>
    );
  }
  return (
    <>
      <div className={classes.find}>
        <p className={classes.faint}>{say("web.data.contracts_about")}</p>
        <div className={classes.space} />
        {pick}
      </div>
      <Card flush>
        <Rows
          label={say("web.data.contracts")}
          heads={[
            { key: "event", title: say("web.data.event") },
            { key: "mode", title: say("web.data.mode") },
            { key: "properties", title: say("web.data.properties"), number: true, extra: true },
            { key: "broken", title: say("web.data.violations"), number: true },
            { key: "version", title: say("web.data.version"), number: true, extra: true },
          ]}
          rows={found.data.map((one) => ({
            key: one.event,
            quiet: one.mode === "off",
            cells: [
              <Link key="event" className={classes.link} to={`${base}/${encodeURIComponent(one.event)}`}>
                {one.event}
              </Link>,
              <ModeChip key="mode" mode={one.mode} broken={one.broken > 0} />,
              whole(Object.keys(one.contract.properties ?? {}).length),
              whole(one.broken),
              whole(one.version),
            ],
          }))}
        />
      </Card>
    </>
  );
}
