import type { Of } from "@/api/schemas";
import { decimal, interval, percent, whole } from "@/parts/numbers";
import { useSay } from "@/words/say";
import classes from "../Surveys.module.css";

type Answered = Of<"AnswerPart">;
type Figure = Of<"AnswerFigure">;

/** Measures that are shares of all answers. */
const SHARES = new Set(["csat", "best_worst"]);
/** Answers that are too long for one line beside a bar. */
const TOO_MANY = 12;

function figureOf({ measure, value }: Figure): string {
  return SHARES.has(measure) ? percent(value, 0) : decimal(value);
}

function betweenOf({ measure, low, high }: Figure): string {
  return SHARES.has(measure) ? interval(low, high, "share", 0) : interval(low, high);
}

/** A question's figure, and how often each answer was given. */
export function Part({ part, kind }: { part: Answered; kind: string }) {
  const say = useSay();
  const { figure } = part;
  const listed = part.answers.filter((one) => one.responses > 0 || part.answers.length <= TOO_MANY);
  return (
    <div className={classes.part}>
      {figure && figure.n > 0 && (
        <p className={classes.figure}>
          <strong>{figureOf(figure)}</strong>
          <span>{say.known(`web.surveys.measure_${figure.measure}`, figure.measure)}</span>
          <span className={classes.faint}>{betweenOf(figure)}</span>
        </p>
      )}
      {kind === "ranking" && <p className={classes.faint}>{say("web.surveys.ranked_first")}</p>}
      {part.answered > 0 && <Bars answers={listed} />}
    </div>
  );
}

function Bars({ answers }: { answers: Answered["answers"] }) {
  return (
    <ul className={classes.bars}>
      {answers.map((one) => (
        <li key={one.value}>
          <span className={classes.answer}>{one.title}</span>
          <span className={classes.track} aria-hidden>
            <span style={{ width: `${100 * (one.share ?? 0)}%` }} />
          </span>
          <span className={classes.share}>{percent(one.share, 0)}</span>
          <span className={classes.faint}>
            {interval(one.low, one.high, "share", 0)} · {whole(one.responses)}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Rows that are answered alike: a line each with its figure and all answers in one bar; open, every answer. */
export function Parts({ parts }: { parts: Answered[] }) {
  return (
    <div className={classes.lines}>
      {parts.map((part) => (
        <details key={part.key} className={classes.row}>
          <summary>
            <span className={classes.answer}>{part.title}</span>
            <Strip answers={part.answers} />
            <span className={classes.rowFigure}>
              {part.figure && part.figure.n > 0 && (
                <>
                  <strong>{figureOf(part.figure)}</strong>
                  <span className={classes.faint}>{betweenOf(part.figure)}</span>
                </>
              )}
              <span className={classes.count}>n = {whole(part.answered)}</span>
            </span>
          </summary>
          <Bars answers={part.answers} />
        </details>
      ))}
      <Legend answers={parts[0]?.answers ?? []} />
    </div>
  );
}

/** From the first answer, pale, to the last, full. */
function shade(at: number, of: number): string {
  return `color-mix(in oklab, var(--accent) ${Math.round(15 + (85 * at) / Math.max(1, of - 1))}%, var(--track))`;
}

function Strip({ answers }: { answers: Answered["answers"] }) {
  return (
    <span className={classes.strip} aria-hidden>
      {answers.map((one, at) => (
        <span
          key={one.value}
          title={`${one.title}: ${percent(one.share, 0)}`}
          style={{ width: `${100 * (one.share ?? 0)}%`, background: shade(at, answers.length) }}
        />
      ))}
    </span>
  );
}

function Legend({ answers }: { answers: Answered["answers"] }) {
  return (
    <ul className={classes.legend} aria-hidden>
      {answers.map((one, at) => (
        <li key={one.value}>
          <span style={{ background: shade(at, answers.length) }} />
          {one.title}
        </li>
      ))}
    </ul>
  );
}

/** Options of MaxDiff from the best to the worst: to the right of the middle what was the best oftener. */
export function Compared({ parts }: { parts: Answered[] }) {
  const say = useSay();
  return (
    <>
      <p className={classes.faint}>{say("web.surveys.compared_about")}</p>
      <ul className={classes.bars}>
        {parts.map(({ key, title, figure, answers: [best, worst] }) => (
          <li key={key}>
            <span className={classes.answer}>{title}</span>
            <span className={classes.middle} aria-hidden>
              {figure && <Beam figure={figure} />}
            </span>
            <span className={classes.share}>{figure ? figureOf(figure) : "—"}</span>
            <span className={classes.faint}>
              {figure ? betweenOf(figure) : ""} ·{" "}
              {say("web.surveys.chosen_times", {
                best: whole(best?.responses),
                worst: whole(worst?.responses),
              })}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** A score with its interval, between −1 and 1. */
function Beam({ figure: { value, low, high } }: { figure: Figure }) {
  const at = (score: number) => 50 + 50 * score;
  const [from, to] = [Math.min(0, value ?? 0), Math.max(0, value ?? 0)];
  return (
    <>
      <span className={classes.beam} style={{ left: `${at(from)}%`, width: `${at(to) - at(from)}%` }} />
      {low !== null && high !== null && (
        <span className={classes.whisker} style={{ left: `${at(low)}%`, width: `${at(high) - at(low)}%` }} />
      )}
    </>
  );
}
