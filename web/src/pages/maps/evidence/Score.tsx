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
      <select
        className={classes.pick}
        aria-label={say("web.maps.score.how")}
        value={how}
        onChange={(event) => setHow(event.currentTarget.value)}
      >
        {scores.map((score) => (
          <option key={score.how} value={score.how}>
            {say(`web.maps.score.ways.${score.how}`)}
          </option>
        ))}
      </select>
      <b>{one.shown}</b>
      <small>
        {[one.interval, say("web.maps.score.steps", { n: one.n })].filter(Boolean).join(say("web.maps.and"))}
      </small>
    </li>
  );
}
