import { Button } from "@mantine/core";
import { type Asking, useIdentityActions, useProposals } from "@/hooks/useIdentity";
import { Card } from "@/parts/Card";
import { refused, told } from "@/parts/notice";
import { percent } from "@/parts/numbers";
import { Rows } from "@/parts/Rows";
import { useSay } from "@/words/say";
import classes from "../Data.module.css";

/** Joins that a comparison of records proposes: why, and how sure it is. */
export function Proposals({ waiting, onAsk }: { waiting: number; onAsk?: (asking: Asking) => void }) {
  const say = useSay();
  const found = useProposals();
  const { reject } = useIdentityActions();
  if (!waiting || !found.data?.proposals.length) return null;
  return (
    <Card title={say("web.data.proposals")} aside={say("web.data.proposals_n", { n: waiting })} flush>
      <Rows
        label={say("web.data.proposals")}
        heads={[
          { key: "ids", title: say("web.data.identifiers") },
          { key: "probability", title: say("web.data.probability"), number: true },
          { key: "evidence", title: say("web.data.evidence"), extra: true },
          ...(onAsk ? [{ key: "decide", title: say("web.data.decide"), unseen: true }] : []),
        ]}
        rows={found.data.proposals.map((one) => ({
          key: String(one.proposal),
          cells: [
            `${one.left} ↔ ${one.right}`,
            percent(one.probability),
            one.evidence.map((each) => each.text).join(" · "),
            onAsk && (
              <span key="decide" className={classes.find}>
                <Button
                  size="compact-sm"
                  variant="default"
                  onClick={() => onAsk({ what: "accept", body: { numbers: [one.proposal] } })}
                >
                  {say("web.data.do_accept")}
                </Button>
                <Button
                  size="compact-sm"
                  variant="subtle"
                  color="gray"
                  onClick={() =>
                    reject.mutate([one.proposal ?? 0], {
                      onSuccess: () => told(say("web.data.rejected")),
                      onError: refused,
                    })
                  }
                >
                  {say("web.data.reject")}
                </Button>
              </span>
            ),
          ].slice(0, onAsk ? 4 : 3),
        }))}
      />
    </Card>
  );
}
