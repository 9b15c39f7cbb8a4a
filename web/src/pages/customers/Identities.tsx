import { useState } from "react";
import { Link } from "react-router";
import type { Asking } from "@/hooks/useIdentity";
import { useRole } from "@/hooks/useRole";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { useZone } from "@/hooks/useZone";
import { Card } from "@/parts/Card";
import { kindName } from "@/parts/identity/kinds";
import { Looked } from "@/parts/identity/Looked";
import { dayOf } from "@/parts/pickers/range";
import { Unbroken } from "@/parts/Unbroken";
import { useSay } from "@/words/say";
import classes from "./Customers.module.css";
import type { Identity, Profile } from "./types";

/** Their identifiers, how and when each was joined, and the way to take a join back. */
export function Identities({ profile, dated }: { profile: Profile; dated: boolean }) {
  const say = useSay();
  const [asking, setAsking] = useState<Asking | null>(null);
  return (
    <Card title={say("web.customers.identities")}>
      <ul className={classes.identities}>
        {byId(profile.identities).map(([one, ...more]) => (
          <li
            key={`${one.kind} ${one.id}`}
            data-gone={[one, ...more].every(({ retracted }) => Boolean(retracted))}
          >
            <span className={classes.id}>
              <small>{kindName(say, one.kind)}</small>
              {one.id}
            </span>
            {[one, ...more].map((way) => (
              <Way
                key={`${way.how} ${way.other} ${way.time} ${way.edge}`}
                way={way}
                dated={dated}
                onUndo={setAsking}
              />
            ))}
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

/** One way in which an identifier came to be theirs, and what can be done about it. */
function Way({ way, dated, onUndo }: { way: Identity; dated: boolean; onUndo: (asking: Asking) => void }) {
  const say = useSay();
  const zone = useZone();
  const ws = useWorkspaceName();
  const may = useRole().may("editor");
  const when = dated || way.edge !== null ? dayOf(way.time, zone) : null;
  return (
    <>
      <small>
        <Unbroken text={[way.text, way.other, when].filter(Boolean).join(" · ")} />
      </small>
      {way.retracted && <small>{say("web.customers.retracted", { day: dayOf(way.retracted, zone) })}</small>}
      {may && way.how === "proposed" && (
        <Link className={classes.undo} to={`/w/${encodeURIComponent(ws)}/data/identity`}>
          {say("web.customers.decide")}
        </Link>
      )}
      {may && way.how !== "proposed" && way.edge !== null && !way.retracted && (
        <button
          type="button"
          className={classes.undo}
          aria-label={say("web.customers.undo_of", { id: way.id })}
          onClick={() => onUndo({ what: "unjoin", body: { edges: [way.edge] } })}
        >
          {say("web.customers.undo")}
        </button>
      )}
    </>
  );
}

/** What is known of each identifier, each once, in the order in which they came. */
function byId(identities: Identity[]): [Identity, ...Identity[]][] {
  const found = new Map<string, [Identity, ...Identity[]]>();
  for (const one of identities) {
    const of = found.get(`${one.kind} ${one.id}`);
    if (of) of.push(one);
    else found.set(`${one.kind} ${one.id}`, [one]);
  }
  return [...found.values()];
}
