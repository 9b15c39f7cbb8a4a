import { Card } from "@/parts/Card";
import { percent, whole } from "@/parts/numbers";
import { useSay } from "@/words/say";
import { Face } from "./Face";
import classes from "./Personas.module.css";
import type { PersonaDocument, PersonaOf, PersonaProfile } from "./usePersonas";

/** What is counted of a persona's customers now, beside all others. */
export function Counted({ of }: { of: PersonaOf }) {
  const say = useSay();
  const name = (of.document as unknown as PersonaDocument).name;
  return (
    <aside className={classes.aside}>
      <Card>
        <div className={classes.head}>
          <Face initials={initials(name[say.lang])} color={colorOf(of.key)} large />
          <div>
            <b className={classes.big}>
              {of.profile ? say("web.maps.customers", { n: of.profile.customers }) : "—"}
            </b>
            <p className={classes.soft}>
              {of.profile?.of
                ? say("web.maps.personas.share", {
                    share: percent(of.profile.customers / of.profile.of),
                    of: whole(of.profile.of),
                  })
                : (of.trouble ?? say("web.maps.personas.unbound_why"))}
            </p>
            {of.segment && <p className={classes.soft}>{of.segment}</p>}
          </div>
        </div>
      </Card>
      {of.profile && of.profile.customers > 0 && <Profile of={of.profile} />}
    </aside>
  );
}

function Profile({ of }: { of: PersonaProfile }) {
  const say = useSay();
  return (
    <>
      {of.traits.length > 0 && (
        <Card title={say("web.maps.personas.apart")}>
          <ul className={classes.traits}>
            {of.traits.map((one) => (
              <li key={`${one.kind}/${one.name}`} className={one.significant ? undefined : classes.unsure}>
                <span className={classes.trait}>
                  <b>{one.name}</b>
                  <span className={classes.soft}>
                    {say(`web.maps.personas.kinds.${one.kind as "channel"}`)}
                  </span>
                  <span className={classes.lift}>{one.lift ?? "—"}</span>
                </span>
                <Bar share={one.share} mine />
                <Bar share={one.others} />
              </li>
            ))}
          </ul>
          <p className={classes.note}>{say("web.maps.personas.lift_about", { n: of.compared })}</p>
        </Card>
      )}
      <Numbers title={say("web.maps.personas.feelings")} rows={of.feelings} />
      <Numbers title={say("web.maps.personas.money")} rows={of.money} />
    </>
  );
}

function Bar({ share, mine = false }: { share: number; mine?: boolean }) {
  const say = useSay();
  return (
    <span className={classes.bar}>
      <span className={classes.track}>
        <span className={mine ? classes.mine : classes.theirs} style={{ width: `${100 * share}%` }} />
      </span>
      <span className={classes.soft}>
        {say(mine ? "web.maps.personas.of_these" : "web.maps.personas.of_others", {
          share: percent(share, 0),
        })}
      </span>
    </span>
  );
}

function Numbers({ title, rows }: { title: string; rows: PersonaProfile["feelings"] }) {
  const say = useSay();
  if (rows.length === 0) return null;
  return (
    <Card title={title}>
      <table className={classes.numbers}>
        <thead>
          <tr>
            <th aria-label={title} />
            <th>{say("web.maps.personas.these")}</th>
            <th>{say("web.maps.personas.others")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((one) => (
            <tr key={one.name}>
              <td>{one.name}</td>
              <td>
                <b>{one.shown}</b>
                {one.significant && (
                  <span className={classes.differs} title={say("web.maps.personas.differs")}>
                    {" "}
                    ≠
                  </span>
                )}
                <span className={classes.under}>
                  {[one.interval, `n ${whole(one.n)}`].filter(Boolean).join(" · ")}
                </span>
              </td>
              <td>{one.others ?? "—"}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={classes.note}>{say("web.maps.personas.differs_about")}</p>
    </Card>
  );
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = words[0] ?? "";
  if (/[^\p{ASCII}]/u.test(first)) return first.slice(0, 1);
  return words
    .slice(0, 2)
    .map((word) => word.slice(0, 1))
    .join("")
    .toUpperCase();
}

function colorOf(key: string): number {
  return new TextEncoder().encode(key).reduce((sum, byte) => sum + byte, 0) % 8;
}
