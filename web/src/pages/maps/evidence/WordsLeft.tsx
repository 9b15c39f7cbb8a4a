import { Button } from "@mantine/core";
import { Problem } from "@/parts/Problem";
import { useSay } from "@/words/say";
import type { Chosen } from "../behind/useBehind";
import classes from "./Evidence.module.css";
import { type MapEvidence, useSettleWords } from "./useEvidence";

interface Props {
  id: string;
  words: MapEvidence["words"];
  onChoose: (chosen: Chosen) => void;
}

/** Cards that may hold what somebody said who asked to be forgotten, and what is to become of them. */
export function WordsLeft({ id, words, onChoose }: Props) {
  const say = useSay();
  const settle = useSettleWords(id);
  if (words.length === 0) return null;
  return (
    <section>
      <h3>{say("web.maps.rests.words", { n: words.length })}</h3>
      <p className={classes.soft}>{say("web.maps.rests.words_why")}</p>
      {settle.error && <Problem error={settle.error} />}
      <ul className={classes.left}>
        {words.map(({ card, text, step, lane }) => (
          <li key={card}>
            {step && lane ? (
              <button type="button" className={classes.row} onClick={() => onChoose({ step, lane })}>
                {text || "—"}
              </button>
            ) : (
              <p className={classes.row}>{say("web.maps.rests.words_gone")}</p>
            )}
            <div className={classes.settle}>
              <Button
                variant="default"
                size="compact-sm"
                disabled={settle.isPending}
                onClick={() => settle.mutate({ card, take: true })}
              >
                {say("web.maps.rests.words_take")}
              </Button>
              <Button
                variant="subtle"
                size="compact-sm"
                disabled={settle.isPending}
                onClick={() => settle.mutate({ card, take: false })}
              >
                {say("web.maps.rests.words_keep")}
              </Button>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
