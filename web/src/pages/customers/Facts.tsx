import { useChannelName } from "@/hooks/useModel";
import { useSegments } from "@/hooks/useSaved";
import { Card } from "@/parts/Card";
import { decimal } from "@/parts/numbers";
import { useSay } from "@/words/say";
import classes from "./Customers.module.css";
import type { Profile } from "./types";

/** What is known of a customer in a few lines; — for what is not. */
export function Facts({ profile }: { profile: Profile }) {
  const say = useSay();
  const channelName = useChannelName();
  const titles = new Map((useSegments().data ?? []).map(({ name, title }) => [name, title]));
  const { stage, value, email, segments, channels } = profile;
  return (
    <Card title={say("web.customers.profile")}>
      <dl className={classes.facts}>
        {profile.name && <Fact title={say("web.customers.called")}>{profile.id}</Fact>}
        {email && <Fact title={say("web.upload.identifier_email")}>{email}</Fact>}
        <Fact title={say("web.customers.stage")}>{stage?.name ?? "—"}</Fact>
        <Fact title={say("web.customers.value")}>
          {value.map(({ currency, value: sum, events }) => (
            <span key={currency} className={classes.line}>
              {decimal(sum, 2)} {currency ?? ""} <small>{say("web.customers.events", { n: events })}</small>
            </span>
          ))}
          {!value.length && "—"}
        </Fact>
        <Fact title={say("web.customers.segments")}>
          {segments.map((name) => (
            <span key={name} className={classes.chip}>
              {titles.get(name) ?? name}
            </span>
          ))}
          {!segments.length && "—"}
        </Fact>
        <Fact title={say("web.customers.channels")}>
          {channels.map(channelName).join(say("values.and")) || "—"}
        </Fact>
      </dl>
    </Card>
  );
}

function Fact({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{title}</dt>
      <dd>{children}</dd>
    </div>
  );
}
