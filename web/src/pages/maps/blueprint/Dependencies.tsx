import { Card } from "@/parts/Card";
import { whole } from "@/parts/numbers";
import { Rows } from "@/parts/Rows";
import { useSay } from "@/words/say";
import { Listed } from "./Listed";
import type { Dependency } from "./useBlueprint";

/** What depends on what across steps and touchpoints, and how often it was not taken over in time. */
export function Dependencies({ id }: { id: string }) {
  const say = useSay();
  return (
    <Listed id={id} name="dependencies">
      {({ dependencies }) => (
        <Card flush>
          <Rows
            stacked
            label={say("web.maps.blueprint.lists.dependencies")}
            heads={[
              { key: "from", title: say("web.maps.blueprint.depends.from") },
              { key: "link", title: say("web.maps.blueprint.depends.link") },
              { key: "to", title: say("web.maps.blueprint.depends.to") },
              { key: "sla", title: say("web.maps.blueprint.depends.within") },
              { key: "share", title: say("web.maps.blueprint.depends.in_time"), number: true },
              { key: "broken", title: say("web.maps.blueprint.depends.broken"), number: true },
            ]}
            rows={dependencies.map((one, place) => ({
              key: `${place}`,
              cells: [
                <End key="from" what={one.what} where={[one.step, one.touchpoints, one.owner]} />,
                one.link,
                <End
                  key="to"
                  what={one.next}
                  where={[one.next_step, one.next_touchpoints, one.next_owner]}
                />,
                one.sla || "—",
                <InTime key="share" of={one} />,
                one.broken === null
                  ? "—"
                  : say("web.maps.blueprint.depends.late", {
                      broken: whole(one.broken),
                      late: whole(one.late ?? 0),
                    }),
              ],
            }))}
          />
        </Card>
      )}
    </Listed>
  );
}

function End({ what, where }: { what: string; where: (string | null)[] }) {
  const parts = [...new Set(where.filter(Boolean))];
  return (
    <div>
      {what}
      <br />
      <small>{parts.join(" · ")}</small>
    </div>
  );
}

function InTime({ of: one }: { of: Dependency }) {
  if (one.share === null) return "—";
  return (
    <div>
      {one.share}
      <br />
      <small>{[one.interval, one.n !== null && `n ${whole(one.n)}`].filter(Boolean).join(" · ")}</small>
    </div>
  );
}
