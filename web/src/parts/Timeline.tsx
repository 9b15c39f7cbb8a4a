import { Skeleton, Spoiler } from "@mantine/core";
import type { Json } from "@/api/types";
import { useTimeline } from "@/hooks/useTimeline";
import { useWorkspace } from "@/hooks/useWorkspace";
import { useSay } from "@/words/say";
import { decimal } from "./numbers";
import { Problem } from "./Problem";
import { dayOf } from "./pickers/range";
import classes from "./Timeline.module.css";

type Row = Record<string, Json>;

/** What one customer did and said, day by day. */
export function Timeline({ customer }: { customer: string }) {
  const say = useSay();
  const found = useTimeline(customer);
  const zone = useWorkspace().data?.zone || "UTC";
  if (found.isPending) return <Skeleton height={240} />;
  if (found.isError) return <Problem error={found.error} retry={() => found.refetch()} />;
  const days = new Map<string, Row[]>();
  for (const row of found.data.table) {
    const day = dayOf(String(row.time), zone);
    days.set(day, [...(days.get(day) ?? []), row]);
  }
  const left = found.data.total - found.data.table.length;
  return (
    <div>
      {left > 0 && <p className={classes.more}>{say("web.chart.more_rows", { n: left })}</p>}
      {[...days].map(([day, rows]) => (
        <section key={day}>
          <h3 className={classes.day}>{day}</h3>
          <ol className={classes.list}>
            {rows.map((row, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: events of a day keep their places
              <li key={place}>
                <time>{clock(String(row.time), zone)}</time>
                <div>
                  <b>{String(row.event)}</b>
                  {row.channel && <span className={classes.chip}>{String(row.channel)}</span>}
                  {typeof row.value === "number" && (
                    <span className={classes.value}>
                      {decimal(row.value, 2)} {row.currency ? String(row.currency) : ""}
                    </span>
                  )}
                  {typeof row.score === "number" && (
                    <span className={classes.value}>{decimal(row.score, 0)}</span>
                  )}
                  {row.text && (
                    <Spoiler
                      maxHeight={84}
                      showLabel={say("web.people.read_on")}
                      hideLabel={say("web.people.read_less")}
                      fz={12}
                    >
                      <p className={classes.quote}>{String(row.text)}</p>
                    </Spoiler>
                  )}
                </div>
              </li>
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}

function clock(time: string, zone: string): string {
  return new Date(time).toLocaleTimeString("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit" });
}
