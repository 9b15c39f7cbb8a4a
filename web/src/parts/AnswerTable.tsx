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
  const named = columns.filter(({ unit }) => WORDS.has(unit)).map(({ name }) => name);
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
          </tr>
        </thead>
        <tbody>
          {shown.map((row, place) => {
            const said = named.map((name) => row[name]).join(" ");
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name of their own, and come in one piece
              <tr key={place}>
                {columns.map(({ name, title, unit }) => {
                  const cell = cells[place]?.[name];
                  return (
                    <td key={name} className={WORDS.has(unit) ? undefined : classes.number}>
                      {cell && onCell ? (
                        <button
                          type="button"
                          className={classes.open}
                          title={say("web.chart.who")}
                          onClick={() => onCell(cell, `${said}\n${title} ${row[name]}`)}
                        >
                          {row[name]}
                        </button>
                      ) : (
                        (row[name] ?? "—")
                      )}
                    </td>
                  );
                })}
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
