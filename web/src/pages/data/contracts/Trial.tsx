import type { Of } from "@/api/schemas";
import type { Mode } from "@/hooks/useContracts";
import { Card } from "@/parts/Card";
import { percent, whole } from "@/parts/numbers";
import { Rows } from "@/parts/Rows";
import { useSay } from "@/words/say";
import classes from "../Data.module.css";

/** What a contract would do to the events that came last, before it is saved. */
export function Trial({ tried, mode }: { tried: Of<"Tried">; mode: Mode }) {
  const say = useSay();
  const { events, broken, troubles } = tried;
  const share = percent(events ? broken / events : null);
  return (
    <Card title={say("web.data.trial")} aside={say("web.data.looked_at", { n: events })} flush>
      <p className={classes.more} role="status">
        {!events
          ? say("web.data.trial_none")
          : broken
            ? say(`web.data.trial_${mode}`, { n: broken, share })
            : say("web.data.trial_kept")}
      </p>
      {troubles.length > 0 && (
        <Rows
          label={say("web.data.trial")}
          heads={[
            { key: "text", title: say("web.data.what_broke") },
            { key: "example", title: say("web.data.trial_example"), extra: true },
            { key: "events", title: say("web.data.messages"), number: true },
          ]}
          rows={troubles.map((one) => ({
            key: `${one.property} ${one.code}`,
            cells: [one.text, one.example, whole(one.events)],
          }))}
        />
      )}
    </Card>
  );
}
