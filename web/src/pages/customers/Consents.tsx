import { useZone } from "@/hooks/useZone";
import { Card } from "@/parts/Card";
import { Chip } from "@/parts/Chip";
import { moment } from "@/parts/when";
import { useSay } from "@/words/say";
import classes from "./Customers.module.css";
import type { Profile } from "./types";

/** What they agreed to and refused, since when, and which event said so. */
export function Consents({ profile, dated }: { profile: Profile; dated: boolean }) {
  const say = useSay();
  const zone = useZone();
  const { consent } = profile;
  return (
    <Card title={say("web.customers.consent")}>
      {consent ? (
        <ul className={classes.identities}>
          {consent.map((one) => (
            <li key={one.category}>
              <span className={classes.choice}>
                {one.category}
                <Chip tone={one.given ? "good" : "bad"}>
                  {say(one.given ? "web.customers.agreed" : "web.customers.refused")}
                </Chip>
              </span>
              <small>
                {[
                  dated && say("web.customers.consent_since", { when: moment(one.since, zone) }),
                  one.event,
                  one.source,
                  one.field,
                ]
                  .filter(Boolean)
                  .join(" · ")}
              </small>
              {one.changes > 1 && <small>{say("web.customers.consent_changed", { n: one.changes })}</small>}
            </li>
          ))}
        </ul>
      ) : (
        <p className={classes.unsaid}>{say("web.customers.consent_unknown")}</p>
      )}
    </Card>
  );
}
