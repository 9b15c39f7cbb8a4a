import { Button, Skeleton } from "@mantine/core";
import { Link, useParams, useSearchParams } from "react-router";
import { ProblemError } from "@/api/problem";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { useZone } from "@/hooks/useZone";
import { Card } from "@/parts/Card";
import { Empty } from "@/parts/Empty";
import { Page } from "@/parts/Page";
import { Problem } from "@/parts/Problem";
import { dayOf } from "@/parts/pickers/range";
import { Timeline } from "@/parts/timeline/Timeline";
import { useLine } from "@/parts/timeline/useLine";
import { useSay } from "@/words/say";
import { Answers } from "./Answers";
import { Consents } from "./Consents";
import classes from "./Customers.module.css";
import { Facts } from "./Facts";
import { Identities } from "./Identities";
import type { Profile } from "./types";
import { useCustomer } from "./useCustomers";

/** One customer: who they are, how that is known, and everything they did and said. */
export function Customer() {
  const say = useSay();
  const { id = "" } = useParams();
  const at = useSearchParams()[0].get("at");
  const base = `/w/${encodeURIComponent(useWorkspaceName())}/customers`;
  const found = useCustomer(id);
  const dated = Boolean(useLine(id).data?.pages[0]?.span.first);
  if (found.error instanceof ProblemError && found.error.status === 404) {
    return (
      <Page title={say("web.customers.unknown")} bare>
        <Empty title={say("web.customers.unknown")} why={say("web.customers.unknown_why")} alone>
          <Button component={Link} to={base}>
            {say("web.customers.to_all")}
          </Button>
        </Empty>
      </Page>
    );
  }
  const profile = found.data;
  return (
    <Page
      title={profile ? (profile.name ?? profile.id) : say("web.shell.customers")}
      about={profile ? <Since profile={profile} dated={dated} /> : " "}
      back={{ to: "customers", label: say("web.customers.to_all") }}
    >
      {found.isError && <Problem error={found.error} retry={() => found.refetch()} />}
      {!found.isError && (
        <div className={classes.customer}>
          <Card title={say("web.customers.timeline")}>
            <Timeline customer={id} lanes at={at === null ? null : Number(at)} />
          </Card>
          <div className={classes.aside}>
            {profile ? (
              <>
                <Facts profile={profile} />
                <Consents profile={profile} dated={dated} />
                <Answers answers={profile.answers} dated={dated} />
                <Identities profile={profile} dated={dated} />
              </>
            ) : (
              <Skeleton height={320} radius={12} />
            )}
          </div>
        </div>
      )}
    </Page>
  );
}

/** Since when, as far as that is known: of customers of whom only the order of events is, no day is told. */
function Since({ profile, dated }: { profile: Profile; dated: boolean }) {
  const say = useSay();
  const zone = useZone();
  const { first, last, events, sessions } = profile;
  const [from, to] = [dayOf(first, zone), dayOf(last, zone)];
  const span = from === to ? from : `${from} – ${to}`;
  return [
    dated ? span : say("web.timeline.order_only"),
    say("web.customers.events", { n: events }),
    say("web.customers.visits", { n: sessions }),
  ].join(" · ");
}
