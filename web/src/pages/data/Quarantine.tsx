import { Button } from "@mantine/core";
import { useState } from "react";
import { useSearchParams } from "react-router";
import type { Of } from "@/api/schemas";
import { useQuarantine, useQuarantineActions } from "@/hooks/useQuarantine";
import { useRole } from "@/hooks/useRole";
import { useZone } from "@/hooks/useZone";
import { Card } from "@/parts/Card";
import { Confirm } from "@/parts/Confirm";
import { Empty } from "@/parts/Empty";
import { Ending } from "@/parts/Ending";
import { More } from "@/parts/More";
import { told } from "@/parts/notice";
import { whole } from "@/parts/numbers";
import { Problem } from "@/parts/Problem";
import { Rows, RowsLoading } from "@/parts/Rows";
import { moment } from "@/parts/when";
import { type Say, useSay } from "@/words/say";
import classes from "./Data.module.css";
import { Mend } from "./Mend";

/** What could not be accepted: why, which rows, and how to put it right. */
export function Quarantine() {
  const say = useSay();
  const { may } = useRole();
  const [address, setAddress] = useSearchParams();
  const reason = address.get("reason");
  const found = useQuarantine(reason);
  const [mending, setMending] = useState(false);
  const { dropAll } = useQuarantineActions();
  if (found.isPending) return <RowsLoading />;
  if (found.isError) return <Problem error={found.error} retry={() => found.refetch()} />;
  const first = found.data.pages[0];
  const rows = found.data.pages.flatMap((page) => page.rows);
  const picked = first?.reasons.find((one) => one.key === reason);
  if (!first?.total)
    return <Empty title={say("web.data.nothing_waits")} why={say("web.data.nothing_waits_why")} />;
  return (
    <div className={classes.stack}>
      <div className={classes.find}>
        <p className={classes.faint}>{say("web.data.waits", { n: first.total })}</p>
        <div className={classes.space} />
        {may("admin") && picked && (
          <Ending
            of={picked.key}
            by={dropAll}
            verb={say("web.data.drop_all", { n: picked.rows })}
            title={say("web.data.drop_all_sure", { n: picked.rows })}
            why={say("web.data.drop_all_why", { reason: picked.text })}
            size="xs"
            onDone={() => {
              setAddress({}, { replace: true });
              told(say("web.data.dropped"));
            }}
          />
        )}
        {may("editor") && <Button onClick={() => setMending(true)}>{say("web.data.mend")}</Button>}
      </div>
      <ul className={classes.reasons}>
        {first.reasons.map((one) => (
          <li key={one.key}>
            <button
              type="button"
              className={classes.reason}
              aria-pressed={reason === one.key}
              onClick={() => setAddress(reason === one.key ? {} : { reason: one.key }, { replace: true })}
            >
              <b>{whole(one.rows)}</b>
              <span>{one.text}</span>
              <span className={classes.faint}>{say("web.data.in_field", { field: one.field })}</span>
            </button>
          </li>
        ))}
      </ul>
      <Card flush>
        <Waiting rows={rows} drops={may("admin")} />
        <More of={found} />
      </Card>
      <Mend rows={rows} opened={mending} onClose={() => setMending(false)} />
    </div>
  );
}

function Waiting({ rows, drops }: { rows: Of<"RowOf">[]; drops: boolean }) {
  const say = useSay();
  const zone = useZone();
  const { drop } = useQuarantineActions();
  const [dropping, setDropping] = useState<string | null>(null);
  return (
    <>
      <Rows
        label={say("web.data.rows")}
        heads={[
          { key: "text", title: say("web.data.trouble") },
          { key: "place", title: say("web.data.place"), extra: true },
          { key: "time", title: say("web.data.came"), extra: true },
          ...(drops ? [{ key: "drop", title: say("web.data.drop"), unseen: true }] : []),
        ]}
        rows={rows.map((row) => ({
          key: row.id,
          cells: [
            <details key="text" className={classes.row}>
              <summary>{row.text}</summary>
              {row.raw ? (
                // biome-ignore lint/a11y/noNoninteractiveTabindex: a long row scrolls, and must be reached by keys
                <section tabIndex={0} aria-label={row.place} className={classes.raw}>
                  {pretty(row.raw)}
                </section>
              ) : (
                <p className={classes.faint}>{say("web.data.raw_hidden")}</p>
              )}
            </details>,
            placeOf(say, row.place),
            moment(row.time, zone),
            <Button
              key="drop"
              variant="subtle"
              color="gray"
              c="var(--worse)"
              size="compact-sm"
              onClick={() => setDropping(row.id)}
              aria-label={say("web.data.drop_named", { place: row.place })}
            >
              {say("web.data.drop")}
            </Button>,
          ].slice(0, drops ? 4 : 3),
        }))}
      />
      <Confirm
        opened={dropping !== null}
        onClose={() => setDropping(null)}
        title={say("web.data.drop_sure")}
        verb={say("web.data.drop")}
        busy={drop.isPending}
        error={drop.error}
        onConfirm={() =>
          dropping &&
          drop.mutate(dropping, {
            onSuccess: () => {
              setDropping(null);
              told(say("web.data.dropped"));
            },
          })
        }
      >
        <p>{say("web.data.drop_why")}</p>
      </Confirm>
    </>
  );
}

/** Where a row was: in a file its line, of what came over HTTP its place in the batch. */
function placeOf(say: Say, place: string): string {
  const [, door, n] = /^(http|table):(\d+)$/.exec(place) ?? [];
  return n ? say(door === "http" ? "web.data.place_http" : "web.data.place_table", { n: Number(n) }) : place;
}

function pretty(raw: string): string {
  try {
    const row = JSON.parse(raw) as Record<string, unknown>;
    const filled = Object.entries(row).filter(([, value]) => value !== null);
    return JSON.stringify(Object.fromEntries(filled), null, 2);
  } catch {
    return raw;
  }
}
