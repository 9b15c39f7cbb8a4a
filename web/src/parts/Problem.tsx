import { Button } from "@mantine/core";
import { ProblemError, Unreachable } from "@/api/problem";
import { useSay } from "@/words/say";
import classes from "./Problem.module.css";
import { sentence } from "./sentence";

interface Props {
  error: Error;
  retry?: () => void;
  /** Stands in the middle of an otherwise empty window. */
  alone?: boolean;
}

/** What went wrong, what exists, what to try. */
export function Problem({ error, retry, alone = false }: Props) {
  const say = useSay();
  const told = error instanceof ProblemError ? error.body : null;
  const what =
    sentence(told?.what) ?? say(error instanceof Unreachable ? "web.parts.unreachable" : "web.parts.broken");
  const next = told
    ? sentence(told.try)
    : say(error instanceof Unreachable ? "web.parts.unreachable_try" : "web.parts.broken_try");
  const missing = told?.status === 404; // asking again finds nothing either
  const known = Array.isArray(told?.known) ? told.known : told?.known ? [told.known] : [];
  return (
    <div className={alone ? classes.alone : undefined}>
      <div className={classes.problem} role="alert">
        <p className={classes.what}>{what}</p>
        {known.length > 0 && (
          <p className={classes.known}>
            {say("web.parts.known")}
            {known.join(say("values.and"))}
          </p>
        )}
        {next && <p className={classes.try}>{next}</p>}
        {retry && !missing && (
          <Button variant="default" size="xs" mt={8} onClick={retry}>
            {say("web.do.retry")}
          </Button>
        )}
      </div>
    </div>
  );
}
