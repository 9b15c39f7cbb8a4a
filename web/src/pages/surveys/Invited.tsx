import { Button, Select } from "@mantine/core";
import { useState } from "react";
import type { Of } from "@/api/schemas";
import { useRole } from "@/hooks/useRole";
import { type SurveyOf, useInvitations, useSurveyActions } from "@/hooks/useSurveys";
import { Card } from "@/parts/Card";
import { Chip } from "@/parts/Chip";
import { Empty } from "@/parts/Empty";
import { More } from "@/parts/More";
import { refused } from "@/parts/notice";
import { whole } from "@/parts/numbers";
import { Problem } from "@/parts/Problem";
import { Rows, RowsLoading } from "@/parts/Rows";
import { ago } from "@/parts/when";
import { useSay } from "@/words/say";
import classes from "./Surveys.module.css";

type Invitation = Of<"InvitationOf">;

const STATES = ["sent", "waiting", "sending", "bounced", "failed", "skipped", "unknown"] as const;
const AGAIN = new Set(["failed", "unknown", "bounced"]);
const TONES: Record<string, "plain" | "good" | "bad" | "mid" | "accent"> = {
  answered: "good",
  opened: "accent",
  failed: "bad",
  bounced: "bad",
  unknown: "mid",
};

/** Who was asked, and what came of it: it went, was opened, was answered, came back; or why nobody was asked. */
export function Invited({ survey }: { survey: SurveyOf }) {
  const say = useSay();
  const { may } = useRole();
  const { again } = useSurveyActions();
  const [state, setState] = useState<string | null>(null);
  const found = useInvitations(survey.id, state);
  const counts = found.data?.pages[0]?.counts ?? [];
  const rows = found.data?.pages.flatMap((page) => page.invitations) ?? [];
  if (found.isError) return <Problem error={found.error} retry={() => found.refetch()} />;
  if (found.isPending) return <RowsLoading />;
  if (!counts.length) {
    return <Empty title={say("web.surveys.nobody_asked")} why={say("web.surveys.nobody_asked_why")} />;
  }
  return (
    <div className={classes.share_page}>
      <dl className={classes.tally}>
        {counts.map((one) => (
          <div key={`${one.state} ${one.code}`}>
            <dt>
              {say.known(`web.surveys.invited_${one.state}`, one.state)}
              {one.why && <span className={classes.why}>{one.why}</span>}
            </dt>
            <dd>{whole(one.invitations)}</dd>
          </div>
        ))}
      </dl>
      <div>
        <Select
          size="xs"
          w={200}
          clearable
          aria-label={say("web.surveys.state")}
          placeholder={say("web.surveys.every_state")}
          data={STATES.map((value) => ({ value, label: say(`web.surveys.invited_${value}`) }))}
          value={state}
          onChange={setState}
        />
      </div>
      <Card flush>
        <Rows
          label={say("web.surveys.section_invited")}
          heads={[
            { key: "who", title: say("web.surveys.invited_who") },
            { key: "way", title: say("web.surveys.way"), extra: true },
            { key: "state", title: say("web.surveys.state") },
            { key: "when", title: say("web.surveys.updated") },
            { key: "again", title: say("web.surveys.send_again"), unseen: true },
          ]}
          rows={rows.map((one) => ({
            key: one.id,
            cells: [
              <span key="who" className={classes.named}>
                <span>{one.customer ?? one.recipient}</span>
                {one.customer && one.recipient && <span className={classes.faint}>{one.recipient}</span>}
              </span>,
              say.known(`web.surveys.way_${one.way}`, one.way),
              <span key="state" className={classes.named}>
                <span>
                  <Chip tone={TONES[stateOf(one)]}>
                    {say.known(`web.surveys.invited_${stateOf(one)}`, stateOf(one))}
                  </Chip>
                </span>
                {(one.why || one.error) && (
                  <span className={classes.faint}>{[one.why, one.error].filter(Boolean).join(" · ")}</span>
                )}
              </span>,
              ago(one.answered ?? one.opened ?? one.decided ?? one.created, say.lang),
              may("editor") && AGAIN.has(one.state) && (
                <Button
                  key="again"
                  variant="default"
                  size="compact-sm"
                  onClick={() => again.mutate({ id: survey.id, invitation: one.id }, { onError: refused })}
                >
                  {say("web.surveys.send_again")}
                </Button>
              ),
            ],
          }))}
        />
        <More of={found} />
      </Card>
      {survey.definition.anonymous && <p className={classes.faint}>{say("web.surveys.invited_anonymous")}</p>}
    </div>
  );
}

/** What is known last: that it was answered, that it was opened, else what became of the message. */
function stateOf(one: Invitation): string {
  if (one.answered) return "answered";
  return one.opened ? "opened" : one.state;
}
