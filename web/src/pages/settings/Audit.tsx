import type { Of } from "@/api/schemas";
import { useAudit } from "@/hooks/useAudit";
import { useZone } from "@/hooks/useZone";
import { Card } from "@/parts/Card";
import { Chip } from "@/parts/Chip";
import { Empty } from "@/parts/Empty";
import { More } from "@/parts/More";
import { Problem } from "@/parts/Problem";
import { Rows, RowsLoading } from "@/parts/Rows";
import { moment } from "@/parts/when";
import { type Say, useSay } from "@/words/say";

/** Who changed what, when, and from where; what was refused too. */
export function Audit() {
  const say = useSay();
  const zone = useZone();
  const found = useAudit();
  if (found.isPending) return <RowsLoading />;
  if (found.isError) return <Problem error={found.error} retry={() => found.refetch()} />;
  const entries = found.data.pages.flatMap((page) => page.entries);
  if (!entries.length)
    return <Empty title={say("web.settings.no_audit")} why={say("web.settings.no_audit_why")} />;
  return (
    <Card flush>
      <Rows
        label={say("web.settings.audit")}
        heads={[
          { key: "at", title: say("web.settings.at") },
          { key: "who", title: say("web.settings.who") },
          { key: "what", title: say("web.settings.what") },
          { key: "on", title: say("web.settings.on"), extra: true },
          { key: "from", title: say("web.settings.from"), extra: true },
        ]}
        rows={entries.map((one) => ({
          key: one.id,
          cells: [
            moment(one.at, zone),
            whoOf(one, say),
            <span key="what" title={one.action}>
              {deed(one.action, say)}
              {one.status >= 400 && (
                <>
                  {" "}
                  <Chip tone="bad">{say("web.settings.refused")}</Chip>
                </>
              )}
            </span>,
            targetOf(one, say),
            one.address || "—",
          ],
        }))}
      />
      <More of={found} />
    </Card>
  );
}

type Entry = Of<"EntrySeen">;

function whoOf(entry: Entry, say: Say): string {
  const { person } = entry;
  const name = person ? person.name || person.email || say("web.settings.local") : "—";
  return entry.token ? say("web.settings.by_token", { name }) : name;
}

/** `POST /api/w/{workspace}/boards/{id}/duplicate` in words: what was done, and to which kind of thing. */
function deed(action: string, say: Say): string {
  const [method = "", path = ""] = action.split(" ");
  const [thing = "", ...more] = path
    .replace("/api/w/{workspace}", "")
    .replace("/api/", "/")
    .split("/")
    .filter((part) => part && !part.startsWith("{"));
  const what = say.known(`web.settings.thing_${thing}`, thing || path);
  const special = more.length ? say.known(`web.settings.deed_${more.at(-1)}`, "") : "";
  const verb = special || say.known(`web.settings.deed_${method}`, method);
  return HAN.test(verb) && HAN.test(what) ? verb + what : `${verb} ${what}`;
}

const HAN = /^\p{Script=Han}/u;
const UUID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;

/** What it was done to; of an id that nobody reads only so much as tells it from others. */
function targetOf(entry: Entry, say: Say): string {
  const told = Object.entries(entry.target).map(([name, value]) => {
    const text = name === "role" ? say.known(`web.settings.role_${value}`, String(value)) : String(value);
    return `${say.known(`web.settings.target_${name}`, name)} ${UUID.test(text) ? `…${text.slice(-8)}` : text}`;
  });
  return told.join(" · ") || "—";
}
