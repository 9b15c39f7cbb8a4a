import { Card } from "@/parts/Card";
import { Rows } from "@/parts/Rows";
import { useSay } from "@/words/say";
import { Listed } from "./Listed";

type Column =
  | "step"
  | "action"
  | "answer"
  | "owner"
  | "direction"
  | "channels"
  | "evidence"
  | "marks"
  | "standard";

/** Where customer and company meet: every crossing of the line of interaction. */
export function Interactions({ id }: { id: string }) {
  const say = useSay();
  const head = (key: Column, extra = false) => ({
    key,
    title: say(`web.maps.blueprint.columns.${key}`),
    extra,
  });
  return (
    <Listed id={id} name="interactions">
      {({ interactions }) => (
        <Card flush>
          <Rows
            stacked
            label={say("web.maps.blueprint.lists.interactions")}
            heads={[
              head("step"),
              head("action"),
              head("answer"),
              head("owner"),
              head("direction", true),
              head("channels", true),
              head("evidence", true),
              head("marks", true),
              head("standard", true),
            ]}
            rows={interactions.map((one, place) => ({
              key: `${place}`,
              cells: [
                one.step,
                one.action,
                one.answer,
                [one.owner, one.system].filter(Boolean).join(" · ") || "—",
                one.direction ? say(`web.maps.blueprint.directions.${one.direction}`) : "—",
                one.channels ?? "—",
                one.evidence ?? "—",
                one.marks ?? "—",
                one.standard ?? "—",
              ],
            }))}
          />
        </Card>
      )}
    </Listed>
  );
}
