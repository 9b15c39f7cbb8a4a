import { useSay } from "@/words/say";
import { whole } from "../editor/document";
import { useMap, useMapAnswers } from "../useMaps";
import classes from "./Plan.module.css";
import { PlanCounts } from "./PlanCounts";
import { planOf } from "./plan";

/** A step beside the plan of its map: what counts as planned, and how customers kept to it. */
export function PlanBehind({ id, step }: { id: string; step: string }) {
  const say = useSay();
  const map = useMap(id).data;
  const kept = useMapAnswers(id).data?.plan?.[step];
  if (!map || !kept) return null;
  const path = planOf(whole(map.document));
  const about = [
    path ? path.name[say.lang] : say("web.maps.plan.by_order"),
    path && !kept.planned && say("web.maps.plan.off"),
    kept.optional && say("web.maps.plan.may"),
  ];
  return (
    <section>
      <h3>{say("web.maps.plan.name")}</h3>
      <p className={classes.about}>{about.filter(Boolean).join(" · ")}</p>
      <PlanCounts id={id} step={step} />
    </section>
  );
}
