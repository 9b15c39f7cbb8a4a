import { type Ref, useMemo } from "react";
import type { Answer, Cell, ChartOption } from "@/api/types";
import { useSay } from "@/words/say";
import { AnswerTable } from "./AnswerTable";
import { Chart, type ChartHandle } from "./chart/Chart";
import { Empty } from "./Empty";

interface Props {
  answer: Answer;
  /** The picture, or the numbers as a table. */
  as?: "picture" | "table";
  /** What is drawn, where that is not all of the answer's own picture. */
  option?: ChartOption | null;
  height?: number;
  onCell?: (cell: Cell, said: string) => void;
  ref?: Ref<ChartHandle>;
}

/** An answer as a picture where there is one, else as a table. */
export function AnswerView({ answer, as = "picture", option, height, onCell, ref }: Props) {
  const say = useSay();
  const drawn = useMemo(() => bare(option ?? answer.chart), [option, answer.chart]);
  if (!answer.total) return <Empty title={say("web.chart.nothing")} why={say("web.chart.nothing_why")} />;
  if (as === "table" || !drawn) return <AnswerTable answer={answer} onCell={onCell} />;
  return <Chart option={drawn} height={height} onCell={onCell} ref={ref} />;
}

/** On a page the card is the ground. */
function bare(option: ChartOption | null): ChartOption | null {
  return option && { ...option, backgroundColor: "transparent" };
}
