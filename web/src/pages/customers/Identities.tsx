import { useState } from "react";
import type { Asking } from "@/hooks/useIdentity";
import { useRole } from "@/hooks/useRole";
import { useZone } from "@/hooks/useZone";
import { Card } from "@/parts/Card";
import { Looked } from "@/parts/identity/Looked";
import { dayOf } from "@/parts/pickers/range";
import { useSay } from "@/words/say";
import classes from "./Customers.module.css";
import type { Profile } from "./types";

/** Their identifiers, how and when each was joined, and the way to take a join back. */
export function Identities({ profile, dated }: { profile: Profile; dated: boolean }) {
  const say = useSay();
  const zone = useZone();
  const may = useRole().may("editor");
  const [asking, setAsking] = useState<Asking | null>(null);
  return (
    <Card title={say("web.customers.identities")}>
      <ul className={classes.identities}>
        {profile.identities.map((one) => (
          <li
            key={`${one.kind} ${one.id} ${one.how} ${one.other} ${one.time} ${one.edge}`}
            data-gone={Boolean(one.retracted)}
          >
            <span className={classes.id}>
              <small>
                {say.known(
                  `web.upload.field_${one.kind}`,
                  say.known(`web.upload.identifier_${one.kind}`, one.kind),
                )}
              </small>
              {one.id}
            </span>
            <small>
              {one.text}
              {one.other && ` · ${one.other}`}
              {(dated || one.edge !== null) && ` · ${dayOf(one.time, zone)}`}
            </small>
            {one.retracted && (
              <small>{say("web.customers.retracted", { day: dayOf(one.retracted, zone) })}</small>
            )}
            {may && one.edge !== null && !one.retracted && (
              <button
                type="button"
                className={classes.undo}
                aria-label={say("web.customers.undo_of", { id: one.id })}
                onClick={() => setAsking({ what: "unjoin", body: { edges: [one.edge] } })}
              >
                {say("web.customers.undo")}
              </button>
            )}
          </li>
        ))}
      </ul>
      {profile.notes.map((note) => (
        <p key={note} className={classes.note}>
          {note}
        </p>
      ))}
      <Looked asking={asking} onClose={() => setAsking(null)} />
    </Card>
  );
}
