import { useElementSize, useMediaQuery } from "@mantine/hooks";
import { type Ref, useMemo } from "react";
import type { Answer, Cell, ChartOption } from "@/api/types";
import { useSay } from "@/words/say";
import { AnswerTable } from "./AnswerTable";
import classes from "./AnswerView.module.css";
import { Chart, type ChartHandle } from "./chart/Chart";
import { heightFor } from "./chart/heights";
import { toldBy, untitled } from "./chart/title";
import { Empty } from "./Empty";

/** Pixels of the text above a picture below which the picture is drawn as for a phone. */
const NARROW = 608;
/** Remarks above a picture; of more, only the first ones stand there, and the rest is folded. */
const MOST_REMARKS = 3;
const FIRST_REMARKS = 2;
const PHONE = "(max-width: 640px)";

interface Props {
  answer: Answer;
  /** The picture, or the numbers as a table. */
  as?: "picture" | "table";
  /** What is drawn, where that is not all of the answer's own picture. */
  option?: ChartOption | null;
  height?: number;
  /** The notes on the answer are said elsewhere: only remarks on the picture stand here. */
  unnoted?: boolean;
  onCell?: (cell: Cell, said: string) => void;
  ref?: Ref<ChartHandle>;
}

/** An answer as a picture where there is one, else as a table; above it what is to be seen, in one sentence. */
export function AnswerView({ answer, as = "picture", option, height, unnoted = false, onCell, ref }: Props) {
  const say = useSay();
  const phone = useMediaQuery(PHONE);
  const { ref: room, width } = useElementSize();
  const narrow = width ? width < NARROW : phone;
  const chart = option ?? answer.chart;
  const drawn = useMemo(() => chart && { ...untitled(chart), backgroundColor: "transparent" }, [chart]);
  const told = useMemo(() => toldBy(chart ?? {}), [chart]);
  if (!answer.total) {
    const why = answer.notes.map((note) => note.text).join(" ") || say("web.chart.nothing_why");
    return <Empty title={say("web.chart.nothing")} why={why} />;
  }
  if (as === "table" || !drawn || !chart) return <AnswerTable answer={answer} onCell={onCell} />;
  const notes = new Set(answer.notes.map((note) => note.text));
  // Many lines would push the picture out of sight.
  const remarks = told.remarks.filter((remark) => !unnoted || !notes.has(remark));
  const first = remarks.length > MOST_REMARKS ? FIRST_REMARKS : remarks.length;
  return (
    <>
      <div ref={room} className={classes.told}>
        <h2>{told.title}</h2>
        {remarks.slice(0, first).map((remark) => (
          <p key={remark}>{remark}</p>
        ))}
        {remarks.length > first && (
          <details>
            <summary>{say("web.chart.more_notes", { n: remarks.length - first })}</summary>
            {remarks.slice(first).map((remark) => (
              <p key={remark}>{remark}</p>
            ))}
          </details>
        )}
      </div>
      <Chart
        option={drawn}
        whole={chart}
        title={told.title}
        height={height ?? heightFor(answer.kind, drawn, narrow)}
        onCell={onCell}
        ref={ref}
      />
    </>
  );
}
