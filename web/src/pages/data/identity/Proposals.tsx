import { Button, Switch } from "@mantine/core";
import { useState } from "react";
import type { Of } from "@/api/schemas";
import { type Asking, useIdentityActions, useProposals } from "@/hooks/useIdentity";
import { useZone } from "@/hooks/useZone";
import { Card } from "@/parts/Card";
import { Chip } from "@/parts/Chip";
import { refused, told } from "@/parts/notice";
import { percent } from "@/parts/numbers";
import { Rows } from "@/parts/Rows";
import { moment } from "@/parts/when";
import { useSay } from "@/words/say";
import classes from "../Data.module.css";

type Proposal = Of<"ProposalOf">;
type Ask = (asking: Asking) => void;

/** Joins that a comparison of records proposes: why, how sure it is, and what was decided. */
export function Proposals({ waiting, onAsk }: { waiting: number; onAsk?: Ask }) {
  const say = useSay();
  const zone = useZone();
  const [all, setAll] = useState(false);
  const found = useProposals(all);
  return (
    <Card
      title={say("web.data.proposals")}
      aside={
        <Switch
          size="xs"
          label={say("web.data.decided_too")}
          checked={all}
          onChange={(event) => setAll(event.currentTarget.checked)}
        />
      }
      flush
    >
      {found.data?.proposals.length ? (
        <Rows
          label={say("web.data.proposals")}
          heads={[
            { key: "ids", title: say("web.data.identifiers") },
            { key: "probability", title: say("web.data.probability"), number: true },
            { key: "evidence", title: say("web.data.evidence"), extra: true },
            { key: "from", title: say("web.data.proposed_from"), extra: true },
            { key: "decide", title: say("web.data.decide"), unseen: true },
          ]}
          rows={found.data.proposals.map((one) => ({
            key: String(one.proposal),
            cells: [
              `${one.left} ↔ ${one.right}`,
              percent(one.probability),
              one.evidence.map((each) => `${each.title}: ${each.text}`).join(" · "),
              [one.records, one.time && moment(one.time, zone)].filter(Boolean).join(" · ") || "—",
              <Decision key="decide" proposal={one} onAsk={onAsk} />,
            ],
          }))}
        />
      ) : (
        <p className={classes.more}>
          {say(waiting || all ? "web.data.no_decided" : "web.data.no_proposals")}
        </p>
      )}
    </Card>
  );
}

/** What was decided of a proposal, and what still can be: nothing is final. */
function Decision({ proposal, onAsk }: { proposal: Proposal; onAsk?: Ask }) {
  const say = useSay();
  const { reject } = useIdentityActions();
  const { decision, retracted, edge } = proposal;
  const joins = decision === "accepted" && !retracted;
  return (
    <span className={classes.find}>
      {decision !== "open" && (
        <Chip tone={joins ? "good" : undefined}>
          {say(joins ? "web.data.accepted" : retracted ? "web.data.taken_back" : "web.data.rejected_once")}
        </Chip>
      )}
      {onAsk && !joins && (
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => onAsk({ what: "accept", body: { numbers: [proposal.proposal] } })}
        >
          {say(decision === "open" ? "web.data.do_accept" : "web.data.accept_after_all")}
        </Button>
      )}
      {onAsk && joins && edge !== null && (
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={() => onAsk({ what: "unjoin", body: { edges: [edge] } })}
        >
          {say("web.data.unjoin")}
        </Button>
      )}
      {onAsk && decision === "open" && (
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          onClick={() =>
            reject.mutate([proposal.proposal ?? 0], {
              onSuccess: () => told(say("web.data.rejected")),
              onError: refused,
            })
          }
        >
          {say("web.data.reject")}
        </Button>
      )}
    </span>
  );
}
