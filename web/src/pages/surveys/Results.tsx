import { Button, Skeleton } from "@mantine/core";
import { Link } from "react-router";
import { type Results as Found, type SurveyOf, useResults } from "@/hooks/useSurveys";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { Card } from "@/parts/Card";
import { Empty } from "@/parts/Empty";
import { interval, percent, whole } from "@/parts/numbers";
import { Problem } from "@/parts/Problem";
import { useSay } from "@/words/say";
import { Given } from "./results/Given";
import { Compared, Part, Parts } from "./results/Parts";
import classes from "./Surveys.module.css";

/** Parts that are answered alike, and say enough on a line each. */
const IN_LINES = new Set(["matrix", "servqual"]);

/** What was answered, question by question, each figure with its n and its interval. */
export function Results({ survey }: { survey: SurveyOf }) {
  const say = useSay();
  const ws = useWorkspaceName();
  const found = useResults(survey.id);
  if (found.isPending) return <Skeleton height={240} radius="lg" aria-busy />;
  if (found.isError) return <Problem error={found.error} retry={() => found.refetch()} />;
  const { responses, questions, quotas } = found.data;
  if (!responses.started) {
    return (
      <Empty title={say("web.surveys.no_answers")} why={say("web.surveys.no_answers_why")}>
        <Button component={Link} to="../share">
          {say("web.surveys.section_share")}
        </Button>
      </Empty>
    );
  }
  const said = (question: string) => {
    const where = `source = 'survey:${survey.key}' and question = '${question}'`;
    return `/w/${encodeURIComponent(ws)}/inbox?${new URLSearchParams({ where })}`;
  };
  return (
    <div className={classes.results}>
      <Tally responses={responses} />
      {quotas.length > 0 && <Quotas quotas={quotas} />}
      {questions.map((one) => (
        <Card
          key={one.key}
          title={one.title}
          aside={<span className={classes.count}>n = {whole(one.answered)}</span>}
        >
          {one.answered > 0 &&
            (one.kind === "file" ? (
              <Given survey={survey.id} question={one.key} />
            ) : one.kind === "maxdiff" ? (
              <Compared parts={one.parts} />
            ) : IN_LINES.has(one.kind) ? (
              <Parts parts={one.parts} />
            ) : (
              one.parts.map((part) => <Part key={part.key} part={part} kind={one.kind} />)
            ))}
          {one.texts > 0 && (
            <p className={classes.words}>
              <Link to={said(one.key)}>{say("web.surveys.in_words", { n: one.texts })}</Link>
            </p>
          )}
          {!one.answered && <p className={classes.faint}>{say("web.surveys.not_answered")}</p>}
        </Card>
      ))}
    </div>
  );
}

function Tally({ responses }: { responses: Found["responses"] }) {
  const say = useSay();
  const names = ["started", "complete", "left", "open"] as const;
  return (
    <dl className={classes.tally}>
      {[...names, ...(responses.screened ? (["screened"] as const) : [])].map((name) => (
        <div key={name}>
          <dt>{say(`web.surveys.tally_${name}`)}</dt>
          <dd>{whole(responses[name])}</dd>
        </div>
      ))}
      <div>
        <dt>{say("web.surveys.rate_of_ended")}</dt>
        <dd>
          {percent(responses.rate)} <small>{interval(responses.low, responses.high, "share")}</small>
        </dd>
      </div>
    </dl>
  );
}

function Quotas({ quotas }: { quotas: Found["quotas"] }) {
  const say = useSay();
  return (
    <Card title={say("web.surveys.quotas")}>
      <ul className={classes.bars}>
        {quotas.map((one) => (
          <li key={one.key}>
            <span className={classes.answer}>
              {one.when ? one.key : say("web.surveys.quota_all")}
              {one.when && <code className={classes.condition}>{one.when}</code>}
            </span>
            <span className={classes.track} aria-hidden>
              <span style={{ width: `${Math.min(100, (100 * one.complete) / one.most)}%` }} />
            </span>
            <span className={classes.share}>{whole(one.complete)}</span>
            <span className={classes.faint}>{say("web.surveys.quota_of", { n: whole(one.most) })}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
