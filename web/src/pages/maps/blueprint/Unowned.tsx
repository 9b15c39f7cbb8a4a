import { Card } from "@/parts/Card";
import { Chip } from "@/parts/Chip";
import { Rows } from "@/parts/Rows";
import { useSay } from "@/words/say";
import { Listed } from "./Listed";

/** What nobody answers for. */
export function Unowned({ id }: { id: string }) {
  const say = useSay();
  return (
    <Listed id={id} name="unowned">
      {({ unowned }) => (
        <Card flush>
          <Rows
            label={say("web.maps.blueprint.lists.unowned")}
            heads={[
              { key: "kind", title: say("web.maps.blueprint.columns.kind") },
              { key: "name", title: say("web.maps.blueprint.columns.name") },
              { key: "where", title: say("web.maps.blueprint.columns.where"), extra: true },
            ]}
            rows={unowned.map((one) => ({
              key: `${one.kind}/${one.key}`,
              cells: [
                <Chip key="kind">{say(`web.maps.blueprint.blocks.${one.kind}`)}</Chip>,
                one.name,
                [one.stage, one.step, one.lane].filter(Boolean).join(" · ") || "—",
              ],
            }))}
          />
        </Card>
      )}
    </Listed>
  );
}
