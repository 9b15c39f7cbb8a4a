import { Button } from "@mantine/core";
import { whole } from "@/parts/numbers";
import { ago } from "@/parts/when";
import { useSay } from "@/words/say";
import { type Chosen, type MapFresh, useSee } from "../behind/useBehind";
import classes from "./Evidence.module.css";
import type { MapEvidence } from "./useEvidence";
import { WordsLeft } from "./WordsLeft";

interface Props {
  id: string;
  rests: MapEvidence;
  fresh: MapFresh;
  edits: boolean;
  onChoose: (chosen: Chosen) => void;
}

/** What the cards rest on, what is assumed, and which numbers are not to be relied on any more. */
export function Evidence({ id, rests, fresh, edits, onChoose }: Props) {
  const say = useSay();
  const see = useSee(id);
  return (
    <div className={classes.panel}>
      <section>
        <div className={classes.share}>
          <b>{rests.shown}</b>
          <span className={classes.soft}>
            {say("web.maps.rests.of", { n: whole(rests.supported), cards: whole(rests.cards) })}
          </span>
        </div>
        <ul className={classes.list}>
          {rests.kinds.map((one) => (
            <li key={one.kind} className={classes.row}>
              <span>{one.name}</span>
              <span className={classes.soft}>{say("web.maps.rests.cards", { n: one.cards })}</span>
            </li>
          ))}
        </ul>
      </section>
      <WordsLeft id={id} words={rests.words} onChoose={onChoose} />
      <section>
        <h3>{say("web.maps.rests.assumptions", { n: rests.assumptions.length })}</h3>
        {rests.assumptions.length === 0 && <p className={classes.soft}>{say("web.maps.rests.none")}</p>}
        <ul className={classes.list}>
          {rests.assumptions.map((one) => (
            <li key={one.key}>
              <button type="button" onClick={() => onChoose({ step: one.step, lane: one.lane })}>
                {one.text || "—"}
                <span className={classes.soft}>{[one.step_title, one.lane_title].join(" · ")}</span>
              </button>
            </li>
          ))}
        </ul>
      </section>
      <section>
        <h3>{say("web.maps.rests.numbers", { n: fresh.stale.length, live: whole(fresh.live) })}</h3>
        <p className={classes.soft}>
          {fresh.seen
            ? say("web.maps.rests.seen", { when: ago(fresh.seen, say.lang), by: fresh.by ?? "—" })
            : say("web.maps.rests.never")}
        </p>
        <ul className={classes.list}>
          {fresh.stale.map((one) => (
            <li key={`${one.lane}/${one.step}/${one.key}`}>
              <button
                type="button"
                onClick={() =>
                  onChoose(
                    one.step
                      ? { step: one.step, lane: one.lane ?? undefined }
                      : { step: "", binding: one.key },
                  )
                }
              >
                {[one.title, one.owner].filter(Boolean).join(" · ")}
                <span className={classes.soft}>{one.why}</span>
              </button>
            </li>
          ))}
        </ul>
        {edits && fresh.live > 0 && (
          <Button variant="default" mt={8} loading={see.isPending} onClick={() => see.mutate()}>
            {say("web.maps.rests.see")}
          </Button>
        )}
      </section>
    </div>
  );
}
