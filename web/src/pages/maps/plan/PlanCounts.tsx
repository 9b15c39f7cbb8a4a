import { whole } from "@/parts/numbers";
import { useSay } from "@/words/say";
import { useMapAnswers } from "../useMaps";
import classes from "./Plan.module.css";

const SIGNS = { completed: "✓", missing: "✗", skipped: "○", failing: "!", ad_hoc: "+" } as const;

/** How a step went beside the plan, counted from events; nothing where nobody's way was observed. */
export function PlanCounts({ id, step }: { id: string; step: string }) {
  const say = useSay();
  const kept = useMapAnswers(id).data?.plan?.[step];
  if (!kept) return null;
  const out = kept.optional ? (["skipped"] as const) : (["missing"] as const);
  const told = kept.planned ? (["completed", ...out, "failing", "ad_hoc"] as const) : (["ad_hoc"] as const);
  return (
    <ul className={classes.counts}>
      {told.map((name) => (
        <li key={name}>
          <span aria-hidden>{SIGNS[name]}</span>
          <b>{whole(kept[name])}</b>
          {say(`web.maps.plan.${name === "ad_hoc" && kept.planned ? "repeated" : name}`)}
        </li>
      ))}
    </ul>
  );
}
