import type { Answer, Cell, Json } from "@/api/types";
import { useSay } from "@/words/say";
import classes from "./ClusterCards.module.css";
import { listOf } from "./spec";

interface Props {
  answer: Answer;
  onCell: (cell: Cell, said: string) => void;
}

interface Apart {
  share: number | null;
  elsewhere: number | null;
}

/** A card for each group: how large it is, and by what it differs from everybody else. */
export default function ClusterCards({ answer, onCell }: Props) {
  const say = useSay();
  const title = (name: string) => answer.columns.find((one) => one.name === name)?.title ?? name;
  return (
    <ol className={classes.cards}>
      {answer.shown.map((row, place) => {
        const cell = answer.cells[place]?.customers;
        const lines = (row.apart ?? "").split("\n").filter(Boolean);
        const apart = listOf(answer.table[place]?.apart as Json) as unknown as Apart[];
        return (
          <li key={row.cluster} className={classes.card}>
            <h3>
              <span className={classes.number}>{row.cluster}</span>
              {row.name}
            </h3>
            <p className={classes.size}>
              <b>{row.share}</b>
              {cell && (
                <button
                  type="button"
                  title={say("web.chart.who")}
                  onClick={() => onCell(cell, `${row.cluster} · ${row.name}\n${row.share}`)}
                >
                  {say("web.parts.customers", { n: Number(answer.table[place]?.customers) })}
                </button>
              )}
              <span>
                {title("median_events")} {row.median_events}
              </span>
            </p>
            <ul aria-label={title("apart")}>
              {lines.map((line, number) => (
                <li key={line}>
                  {line}
                  <Bar {...(apart[number] ?? { share: null, elsewhere: null })} />
                </li>
              ))}
            </ul>
          </li>
        );
      })}
    </ol>
  );
}

/** The group's share, and a mark where that of everybody else is. */
function Bar({ share, elsewhere }: Apart) {
  return (
    <span className={classes.bar} aria-hidden="true">
      {share !== null && <i style={{ width: `${100 * share}%` }} />}
      {elsewhere !== null && <b style={{ left: `${100 * elsewhere}%` }} />}
    </span>
  );
}
