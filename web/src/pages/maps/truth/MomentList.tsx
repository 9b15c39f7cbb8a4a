import { Skeleton } from "@mantine/core";
import { Problem } from "@/parts/Problem";
import { useSay } from "@/words/say";
import type { Chosen } from "../behind/useBehind";
import { Moment } from "./Moment";
import classes from "./Truth.module.css";
import { useMoments } from "./useMoments";

/** All steps that are proposed as moments of truth, those first that are worth most. */
export function MomentList({ id, onChoose }: { id: string; onChoose: (chosen: Chosen) => void }) {
  const say = useSay();
  const found = useMoments(id);
  if (found.isError) return <Problem error={found.error} retry={() => found.refetch()} />;
  if (found.isPending) return <Skeleton height={240} />;
  const { moments, edits } = found.data;
  return (
    <div className={classes.list}>
      <p className={classes.soft}>{say(moments.length ? "web.maps.truth.about" : "web.maps.truth.none")}</p>
      {moments.map((one) => (
        <section key={one.step}>
          <button type="button" className={classes.step} onClick={() => onChoose({ step: one.step })}>
            {one.title}
          </button>
          <Moment id={id} one={one} edits={edits} />
        </section>
      ))}
    </div>
  );
}
