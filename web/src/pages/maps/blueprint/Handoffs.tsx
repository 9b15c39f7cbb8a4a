import { useMediaQuery } from "@mantine/hooks";
import { Card } from "@/parts/Card";
import { whole } from "@/parts/numbers";
import { Rows } from "@/parts/Rows";
import { useSay } from "@/words/say";
import classes from "./Blueprint.module.css";
import { Listed } from "./Listed";
import type { Handoff } from "./useBlueprint";

/** Which department hands over to which: those that hand over as rows, those that take over as columns. */
export function Handoffs({ id }: { id: string }) {
  const say = useSay();
  const narrow = useMediaQuery("(max-width: 760px)", false, { getInitialValueInEffect: false });
  return (
    <Listed id={id} name="handoffs">
      {({ departments, handoffs }) =>
        narrow ? (
          <Pairs handoffs={handoffs} />
        ) : (
          <section
            className={classes.scroll}
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keys
            tabIndex={0}
            aria-label={say("web.maps.blueprint.lists.handoffs")}
          >
            <table className={classes.matrix}>
              <thead>
                <tr>
                  <th scope="col">{say("web.maps.blueprint.from_to")}</th>
                  {departments.map((one) => (
                    <th key={one} scope="col">
                      {one}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {departments.map((source) => (
                  <tr key={source}>
                    <th scope="row">{source}</th>
                    {departments.map((target) => (
                      <td key={target} data-own={source === target || undefined}>
                        <Cell of={handoffs.find((one) => one.source === source && one.target === target)} />
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        )
      }
    </Listed>
  );
}

/** The same as a list, where a table of all departments is wider than the window: only those that hand over. */
function Pairs({ handoffs }: { handoffs: Handoff[] }) {
  const say = useSay();
  return (
    <Card flush>
      <Rows
        label={say("web.maps.blueprint.lists.handoffs")}
        heads={[
          { key: "pair", title: say("web.maps.blueprint.from_to") },
          { key: "told", title: say("web.maps.blueprint.lists.handoffs") },
        ]}
        rows={handoffs.map((one) => ({
          key: `${one.source}/${one.target}`,
          cells: [`${one.source} → ${one.target}`, <Cell key="told" of={one} />],
        }))}
      />
    </Card>
  );
}

function Cell({ of: one }: { of: Handoff | undefined }) {
  const say = useSay();
  if (!one) return null;
  const between = [one.interval, one.n !== null && `n ${whole(one.n)}`].filter(Boolean).join(" · ");
  return (
    <div className={classes.cell}>
      <b>{say("web.maps.blueprint.links", { n: one.links })}</b>
      {one.hand_offs > 0 && <span>{say("web.maps.blueprint.hand_offs", { n: one.hand_offs })}</span>}
      {one.sla && <span>{say("web.maps.blueprint.within", { time: one.sla })}</span>}
      {one.without_sla > 0 && <span>{say("web.maps.blueprint.without_sla", { n: one.without_sla })}</span>}
      {one.share !== null && (
        <span>
          {say("web.maps.blueprint.in_time", { share: one.share })}
          <small> {between}</small>
        </span>
      )}
    </div>
  );
}
