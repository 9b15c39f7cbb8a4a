import { NativeSelect } from "@mantine/core";
import { useState } from "react";
import type { Of } from "@/api/schemas";
import { useSay } from "@/words/say";
import classes from "../MapHead.module.css";

/** One number for how customers feel along the way: the mean, the peak and the end, or the weakest link. */
export function Score({ scores }: { scores: Of<"JourneyScore">[] }) {
  const say = useSay();
  const [how, setHow] = useState("mean");
  const one = scores.find((score) => score.how === how);
  if (!one) return null;
  return (
    <li title={say(`web.maps.score.about.${one.how}`)}>
      <NativeSelect
        variant="unstyled"
        size="xs"
        className={classes.label}
        styles={{ input: { height: 18, minHeight: 18, padding: 0, paddingInlineEnd: 18, color: "inherit" } }}
        aria-label={say("web.maps.score.how")}
        value={how}
        onChange={(event) => setHow(event.currentTarget.value)}
        data={scores.map((score) => ({ value: score.how, label: say(`web.maps.score.ways.${score.how}`) }))}
      />
      <b>{one.shown}</b>
      <small>
        {[one.interval, say("web.maps.score.steps", { n: one.n })].filter(Boolean).join(say("web.maps.and"))}
      </small>
    </li>
  );
}
