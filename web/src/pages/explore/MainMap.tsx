import { Slider } from "@mantine/core";
import { type Ref, useMemo, useState } from "react";
import type { Answer, Cell, ChartOption } from "@/api/types";
import { AnswerView } from "@/parts/AnswerView";
import type { ChartHandle } from "@/parts/chart/Chart";
import { useSay } from "@/words/say";
import classes from "./Explore.module.css";
import { mainPart, shares, wholeOf } from "./main";

interface Props {
  answer: Answer;
  onCell: (cell: Cell, said: string) => void;
  unnoted: boolean;
  ref: Ref<ChartHandle>;
}

const USUAL = 0.8;

/** A process map with a slider for how much of all transitions it shows. */
export default function MainMap({ answer, onCell, unnoted, ref }: Props) {
  const say = useSay();
  const [share, setShare] = useState(USUAL);
  const whole = useMemo(() => wholeOf(answer.table), [answer]);
  const drawn = useMemo(() => shares(answer.chart ?? {}, whole), [answer, whole]);
  const [least, most] = [drawn[0] ?? 1, drawn.at(-1) ?? 1];
  const shown = Math.max(least, Math.min(share, most));
  const option = useMemo(
    () => answer.chart && told(mainPart(answer.chart, shown, whole), answer),
    [answer, shown, whole],
  );
  const percent = (of: number) => Math.round(100 * of);
  return (
    <>
      <div className={classes.slider}>
        <span id="main-part">{say("web.explore.main_part", { n: percent(shown) })}</span>
        <Slider
          w={180}
          size="sm"
          min={percent(least)}
          max={Math.max(percent(least) + 1, percent(most))}
          value={percent(shown)}
          onChange={(of) => setShare(of >= percent(most) ? 1 : of / 100)}
          label={null}
          thumbProps={{ "aria-labelledby": "main-part" }}
        />
        <span className={classes.small}>{say("web.explore.backwards")}</span>
      </div>
      <AnswerView answer={answer} option={option} unnoted={unnoted} onCell={onCell} ref={ref} />
    </>
  );
}

const NOTE = 18;

/** How much is drawn is said beside the slider, not above the picture. */
function told(option: ChartOption, answer: Answer): ChartOption {
  const title = option.title as { subtext: string };
  const notes = answer.notes.map((note) => note.text);
  const fewer = title.subtext.split("\n").filter(Boolean).length - notes.length;
  const grid = option.grid as { top: number };
  return {
    ...option,
    title: { ...title, subtext: notes.join("\n") },
    grid: { ...grid, top: grid.top - NOTE * fewer },
  };
}
