import { Button } from "@mantine/core";
import { Link } from "react-router";
import { useAnswer } from "@/hooks/useAnswer";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { askOf } from "@/pages/explore/address";
import { interval, percent } from "@/parts/numbers";
import { useSay } from "@/words/say";
import classes from "./Feedback.module.css";
import type { Pieces } from "./types";

/** How much of what was said is answered, and how soon: the question of response times, asked of the events. */
export function Coverage({ doors, answered }: Pick<Pieces, "doors" | "answered">) {
  const say = useSay();
  const ws = encodeURIComponent(useWorkspaceName());
  const keys = doors.map(({ key }) => `'${key}'`).join(", ");
  const spec = {
    start: "Survey Completed",
    start_where: `survey in (${keys})`,
    end: "Feedback Answered",
    match: "response",
    target: "7d",
  };
  // Before that nobody has heard of the event that answers.
  const { data } = useAnswer("response_times", answered ? spec : null);
  const [row, shown] = [data?.table[0], data?.shown[0]];
  const share = row?.answered_share as number | null | undefined;
  return (
    <section className={classes.coverage} aria-label={say("web.feedback.coverage")}>
      <dl>
        <div>
          <dt>{say("web.feedback.answered")}</dt>
          <dd>
            <b>{percent(share)}</b>{" "}
            {row && (
              <small>
                {interval(row.answered_low as number, row.answered_high as number, "share")} · n ={" "}
                {String(row.starts)}
              </small>
            )}
          </dd>
        </div>
        <div>
          <dt>{say("web.feedback.median")}</dt>
          <dd>
            <b>{row?.answered ? String(shown?.median_time) : "—"}</b>{" "}
            {row?.median_low != null && (
              <small>
                {String(shown?.median_low)}–{String(shown?.median_high)}
              </small>
            )}
            {!row?.answered && <small>{say("web.feedback.none_answered")}</small>}
          </dd>
        </div>
      </dl>
      {answered && (
        <Button
          component={Link}
          to={`/w/${ws}/${askOf("response_times", { ...spec, by: "channel" })}`}
          variant="subtle"
          size="xs"
        >
          {say("web.feedback.by_channel")}
        </Button>
      )}
    </section>
  );
}
