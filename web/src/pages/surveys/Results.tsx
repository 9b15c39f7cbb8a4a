import { Button, Skeleton } from "@mantine/core";
import { Link } from "react-router";
import type { Of } from "@/api/schemas";
import { type SurveyOf, useResults } from "@/hooks/useSurveys";
import { Card } from "@/parts/Card";
import { Empty } from "@/parts/Empty";
import { decimal, interval, percent, whole } from "@/parts/numbers";
import { Problem } from "@/parts/Problem";
import { useSay } from "@/words/say";
import classes from "./Surveys.module.css";

/** What was answered, question by question, each figure with its n and its interval. */
export function Results({ survey }: { survey: SurveyOf }) {
  const say = useSay();
  const found = useResults(survey.id);
  if (found.isPending) return <Skeleton height={240} radius="lg" aria-busy />;
  if (found.isError) return <Problem error={found.error} retry={() => found.refetch()} />;
  const { responses, questions } = found.data;
  if (!responses.started) {
    return (
      <Empty title={say("web.surveys.no_answers")} why={say("web.surveys.no_answers_why")}>
        <Button component={Link} to="../share">
          {say("web.surveys.section_share")}
        </Button>
      </Empty>
    );
  }
  return (
    <div className={classes.results}>
      <dl className={classes.tally}>
        {(["started", "complete", "left"] as const).map((name) => (
          <div key={name}>
            <dt>{say(`web.surveys.tally_${name}`)}</dt>
            <dd>{whole(responses[name])}</dd>
          </div>
        ))}
        <div>
          <dt>{say("web.surveys.rate")}</dt>
          <dd>
            {percent(responses.rate)} <small>{interval(responses.low, responses.high, "share")}</small>
          </dd>
        </div>
      </dl>
      {questions.map((one) => (
        <Card
          key={one.key}
          title={one.title}
          aside={<span className={classes.faint}>n = {whole(one.answered)}</span>}
        >
          {one.parts.map((part) => (
            <Part key={part.key} part={part} named={one.parts.length > 1} />
          ))}
          {one.texts > 0 && <p className={classes.faint}>{say("web.surveys.in_words", { n: one.texts })}</p>}
          {!one.answered && <p className={classes.faint}>{say("web.surveys.not_answered")}</p>}
        </Card>
      ))}
    </div>
  );
}

function Part({ part, named }: { part: Of<"AnswerPart">; named: boolean }) {
  const say = useSay();
  const { figure } = part;
  return (
    <div className={classes.part}>
      {named && <h3>{part.title}</h3>}
      {figure && figure.n > 0 && (
        <p className={classes.figure}>
          <strong>{decimal(figure.value)}</strong>
          <span>{say.known(`web.surveys.measure_${figure.measure}`, figure.measure)}</span>
          <span className={classes.faint}>
            {interval(figure.low, figure.high)} · n = {whole(figure.n)}
          </span>
        </p>
      )}
      {part.answered > 0 && (
        <ul className={classes.bars}>
          {part.answers.map((one) => (
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
      )}
    </div>
  );
}
