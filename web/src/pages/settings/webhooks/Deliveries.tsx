import { Button } from "@mantine/core";
import type { Of } from "@/api/schemas";
import { useDeliveries, useWebhookActions } from "@/hooks/useWebhooks";
import { useZone } from "@/hooks/useZone";
import { Chip } from "@/parts/Chip";
import { More } from "@/parts/More";
import { refused } from "@/parts/notice";
import { Problem } from "@/parts/Problem";
import { Rows, RowsLoading } from "@/parts/Rows";
import { moment } from "@/parts/when";
import { useSay } from "@/words/say";
import classes from "../Settings.module.css";

const TONES = { waiting: "mid", delivered: "good", failed: "bad" } as const;

/** What was sent, and what came of every try. */
export function Deliveries({ id }: { id: string }) {
  const say = useSay();
  const zone = useZone();
  const found = useDeliveries(id);
  const { again } = useWebhookActions();
  if (found.isPending) return <RowsLoading />;
  if (found.isError) return <Problem error={found.error} retry={() => found.refetch()} />;
  const deliveries = found.data.pages.flatMap((page) => page.deliveries);
  if (!deliveries.length) return <p className={classes.faint}>{say("web.settings.nothing_sent")}</p>;
  return (
    <>
      <Rows
        label={say("web.settings.deliveries")}
        heads={[
          { key: "at", title: say("web.settings.at") },
          { key: "type", title: say("web.settings.types"), extra: true },
          { key: "state", title: say("web.settings.state") },
          { key: "tries", title: say("web.settings.tries"), extra: true },
          { key: "again", title: say("web.settings.send_again"), unseen: true },
        ]}
        rows={deliveries.map((one) => ({
          key: one.id,
          cells: [
            <details key="at">
              <summary>{moment(one.created, zone)}</summary>
              <div className={classes.raw}>{one.body}</div>
            </details>,
            say.known(`web.settings.type_${one.type.replace(".", "_")}`, one.type),
            <Chip key="state" tone={TONES[one.state]}>
              {say(`web.settings.state_${one.state}`)}
            </Chip>,
            tries(one.attempts) || "—",
            <Button
              key="again"
              variant="subtle"
              size="compact-sm"
              onClick={() => again.mutate({ id, delivery: one.id }, { onError: refused })}
            >
              {say("web.settings.send_again")}
            </Button>,
          ],
        }))}
      />
      <More of={found} />
    </>
  );
}

/** Each try with what came of it; those that failed alike, one after the other, in one. */
function tries(attempts: Of<"AttemptOf">[]): string {
  const alike: Of<"AttemptOf">[][] = [];
  for (const one of attempts) {
    const last = alike.at(-1);
    if (last && !one.status && last[0]?.error === one.error) last.push(one);
    else alike.push([one]);
  }
  return alike
    .map(([first, ...more]) => {
      if (!first) return "";
      const last = more.at(-1);
      const number = last ? `${first.number}–${last.number}` : first.number;
      return `${number}. ${first.status ?? bare(first.error)}${last ? "" : ` (${first.took_ms} ms)`}`;
    })
    .join(" · ");
}

/** `ConnectError: [Errno 111] Connection refused` without what only programs read. */
function bare(error: string | null | undefined): string {
  return error?.replace(/^\w+: (\[.*?\] )?/, "") ?? "—";
}
