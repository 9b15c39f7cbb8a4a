import { Button } from "@mantine/core";
import { useState } from "react";
import type { Of } from "@/api/schemas";
import { type Asking, useIdentity, useJoins } from "@/hooks/useIdentity";
import { useRole } from "@/hooks/useRole";
import { useZone } from "@/hooks/useZone";
import { Card } from "@/parts/Card";
import { Chip } from "@/parts/Chip";
import { Empty } from "@/parts/Empty";
import { kindName } from "@/parts/identity/kinds";
import { Looked } from "@/parts/identity/Looked";
import { More } from "@/parts/More";
import { Num } from "@/parts/Num";
import { whole } from "@/parts/numbers";
import { Problem } from "@/parts/Problem";
import { Rows, RowsLoading } from "@/parts/Rows";
import { moment } from "@/parts/when";
import { useSay } from "@/words/say";
import classes from "../Data.module.css";
import { JoinForm } from "./JoinForm";
import { Proposals } from "./Proposals";
import { Rules } from "./Rules";

const COUNTS = [
  "user_ids",
  "anonymous_ids",
  "joined_customers",
  "unmatched_anonymous",
  "shared_anonymous",
  "quarantined",
] as const;

/** Who is who: what joined customers, what waits to, and the way back from each join. */
export function Identity() {
  const say = useSay();
  const { may } = useRole();
  const found = useIdentity(may("analyst"));
  const [asking, setAsking] = useState<Asking | null>(null);
  if (!may("analyst"))
    return <Empty title={say("web.data.identity_closed")} why={say("web.data.identity_closed_why")} />;
  if (found.isPending) return <RowsLoading />;
  if (found.isError) return <Problem error={found.error} retry={() => found.refetch()} />;
  const ask = may("editor") ? setAsking : undefined;
  return (
    <div className={classes.stack}>
      <div className={classes.glance}>
        {COUNTS.map((name) => (
          <Num key={name} label={say(`web.data.count_${name}`)} value={found.data.counts[name]} />
        ))}
      </div>
      <Proposals waiting={found.data.proposals} onAsk={ask} />
      <Card title={say("web.data.rules")}>
        <Rules joins={found.data.rules} onAsk={ask} />
      </Card>
      <Card title={say("web.data.joins")} flush>
        <Joins onAsk={ask} />
        {ask && <JoinForm onAsk={ask} />}
      </Card>
      {found.data.quarantined.length > 0 && (
        <Card title={say("web.data.strays")} aside={say("web.data.strays_why")} flush>
          <Strays strays={found.data.quarantined} />
        </Card>
      )}
      {found.data.shared.length > 0 && (
        <Card title={say("web.data.shared")} aside={say("web.data.shared_why")} flush>
          <SharedIds shared={found.data.shared} />
        </Card>
      )}
      <Looked asking={asking} onClose={() => setAsking(null)} />
    </div>
  );
}

function Joins({ onAsk }: { onAsk?: (asking: Asking) => void }) {
  const say = useSay();
  const zone = useZone();
  const joins = useJoins();
  if (joins.isPending) return <RowsLoading />;
  if (joins.isError) return <Problem error={joins.error} retry={() => joins.refetch()} />;
  const edges = joins.data.pages.flatMap((page) => page.edges);
  if (!edges.length) return <p className={classes.more}>{say("web.data.no_joins")}</p>;
  return (
    <>
      <Rows
        label={say("web.data.joins")}
        heads={[
          { key: "ids", title: say("web.data.identifiers") },
          { key: "how", title: say("web.data.how"), extra: true },
          { key: "time", title: say("web.data.since"), extra: true },
          { key: "undo", title: say("web.data.unjoin"), unseen: true },
        ]}
        rows={edges.map((edge) => ({
          key: String(edge.edge),
          quiet: edge.retracted !== null,
          cells: [
            <Pair key="ids" left={edge.left} right={edge.right} />,
            edge.text,
            moment(edge.time, zone),
            edge.retracted ? (
              <Chip key="undo">{say("web.data.retracted", { when: moment(edge.retracted, zone) })}</Chip>
            ) : (
              onAsk && (
                <Button
                  key="undo"
                  variant="subtle"
                  size="compact-sm"
                  onClick={() => onAsk({ what: "unjoin", body: { edges: [edge.edge] } })}
                >
                  {say("web.data.unjoin")}
                </Button>
              )
            ),
          ],
        }))}
      />
      <More of={joins} />
    </>
  );
}

type Identifier = Of<"EdgeOf">["left"];

/** Two identifiers that are one customer's, each with its kind. */
function Pair({ left, right }: { left: Identifier; right: Identifier }) {
  const say = useSay();
  return (
    <span className={classes.pair}>
      <span>
        <small>{kindName(say, left.kind)}</small> {left.id}
      </span>
      <span aria-hidden="true">↔</span>
      <span>
        <small>{kindName(say, right.kind)}</small> {right.id}
      </span>
    </span>
  );
}

function Strays({ strays }: { strays: Of<"Stray">[] }) {
  const say = useSay();
  return (
    <Rows
      label={say("web.data.strays")}
      heads={[
        { key: "kind", title: say("web.data.kind_of_id") },
        { key: "id", title: say("web.data.identifier") },
        { key: "users", title: say("web.data.users"), number: true },
      ]}
      rows={strays.map((one) => ({
        key: `${one.kind} ${one.id}`,
        cells: [kindName(say, one.kind), one.id, whole(one.users)],
      }))}
    />
  );
}

function SharedIds({ shared }: { shared: Of<"Conflict">[] }) {
  const say = useSay();
  return (
    <Rows
      label={say("web.data.shared")}
      heads={[
        { key: "kind", title: say("web.data.kind_of_id") },
        { key: "id", title: say("web.data.identifier") },
        { key: "users", title: say("web.data.users"), number: true },
        { key: "customers", title: say("web.shell.customers"), number: true },
      ]}
      rows={shared.map((one) => ({
        key: `${one.kind} ${one.id}`,
        cells: [kindName(say, one.kind), one.id, whole(one.touches), whole(one.customers)],
      }))}
    />
  );
}
