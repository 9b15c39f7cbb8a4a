import type { Answer, Cell } from "@/api/types";
import { useSay } from "@/words/say";
import classes from "./AnswerTable.module.css";

const WORDS = new Set(["text", "time"]);

/** The answer as a table; a row that stands for customers opens them. */
export function AnswerTable({
  answer,
  onCell,
}: {
  answer: Answer;
  onCell?: (cell: Cell, said: string) => void;
}) {
  const say = useSay();
  const { columns, shown, cells, total } = answer;
  const opens = Boolean(onCell && cells?.some(Boolean));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keys
    <section className={classes.scroll} tabIndex={0} aria-label={answer.sentence}>
      <table className={classes.table}>
        <thead>
          <tr>
            {columns.map(({ name, title, unit }) => (
              <th key={name} scope="col" className={WORDS.has(unit) ? undefined : classes.number}>
                {title}
              </th>
            ))}
            {opens && <th aria-label={say("web.shell.customers")} />}
          </tr>
        </thead>
        <tbody>
          {shown.map((row, place) => {
            const cell = cells?.[place];
            const said = columns
              .slice(0, 2)
              .map(({ name }) => row[name])
              .join(" ");
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name of their own, and come in one piece
              <tr key={place}>
                {columns.map(({ name, unit }) => (
                  <td key={name} className={WORDS.has(unit) ? undefined : classes.number}>
                    {row[name] ?? "—"}
                  </td>
                ))}
                {opens && (
                  <td>
                    {cell && (
                      <button type="button" className={classes.open} onClick={() => onCell?.(cell, said)}>
                        {say("web.chart.who")}
                      </button>
                    )}
                  </td>
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
      {total > shown.length && (
        <p className={classes.more}>{say("web.chart.more_rows", { n: total - shown.length })}</p>
      )}
    </section>
  );
}
