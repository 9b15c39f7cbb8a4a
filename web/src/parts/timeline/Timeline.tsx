import { Button, SegmentedControl, Skeleton } from "@mantine/core";
import { useIntersection } from "@mantine/hooks";
import { useEffect, useMemo, useRef, useState } from "react";
import { useZone } from "@/hooks/useZone";
import { Empty } from "@/parts/Empty";
import { Problem } from "@/parts/Problem";
import { useSay } from "@/words/say";
import { groups } from "./days";
import { Event } from "./Event";
import { Lanes } from "./Lanes";
import classes from "./Timeline.module.css";
import { useLine } from "./useLine";
import { placesOf, sessionOf, timed, windowOf } from "./where";

interface Props {
  customer: string;
  /** Whether channels stand as lanes above the list; where there is little room the list is all. */
  lanes?: boolean;
  /** The place of the event that it opens at. */
  at?: number | null;
}

/** What a customer did and said: channels as lanes, and the same as a list, the newest first. */
export function Timeline({ customer, lanes: drawn = false, at = null }: Props) {
  const say = useSay();
  const line = useLine(customer);
  const zone = useZone();
  const [order, setOrder] = useState(false);
  const [chosen, setChosen] = useState<number | null>(at);
  const [visit, setVisit] = useState<{ first: number; last: number } | null>(null);
  const events = useMemo(() => line.data?.pages.flatMap((page) => page.events) ?? [], [line.data]);
  const end = useIntersection({ rootMargin: "400px" });
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = line;
  const reached = drawn && Boolean(end.entry?.isIntersecting);
  useEffect(() => {
    if (reached && hasNextPage && !isFetchingNextPage) fetchNextPage();
  }, [reached, hasNextPage, isFetchingNextPage, fetchNextPage]);

  const list = useRef<HTMLDivElement>(null);
  const oldest = events.at(-1)?.place;
  useEffect(() => {
    if (at === null || oldest === undefined) return;
    if (oldest <= at)
      list.current?.querySelector(`[data-place="${at}"]`)?.scrollIntoView({ block: "center" });
    else if (hasNextPage && !isFetchingNextPage) fetchNextPage();
  }, [at, oldest, hasNextPage, isFetchingNextPage, fetchNextPage]);

  if (line.isPending) return <Skeleton height={drawn ? 420 : 240} />;
  if (line.isError) return <Problem error={line.error} retry={() => line.refetch()} />;
  const { lanes, total } = line.data.pages[0] ?? { lanes: [], total: 0 };
  if (!events.length)
    return <Empty title={say("web.timeline.nothing")} why={say("web.timeline.nothing_why")} />;
  const clocked = timed(events);
  const byTime = clocked && !order;
  const shown = visit ? events.filter(({ place }) => place >= visit.first && place <= visit.last) : events;
  return (
    <div ref={list} className={classes.timeline}>
      {drawn && (
        <>
          <div className={classes.tools}>
            {clocked && (
              <SegmentedControl
                aria-label={say("web.timeline.by")}
                value={order ? "order" : "time"}
                onChange={(next) => setOrder(next === "order")}
                data={[
                  { value: "time", label: say("web.timeline.by_time") },
                  { value: "order", label: say("web.timeline.by_order") },
                ]}
              />
            )}
            {visit && (
              <Button size="xs" variant="default" onClick={() => setVisit(null)}>
                {say("web.timeline.whole")}
              </Button>
            )}
            <span className={classes.count}>
              {events.length < total && say("web.timeline.so_far", { n: events.length, of: total })}
            </span>
          </div>
          <Lanes
            lanes={lanes}
            events={shown}
            byTime={byTime}
            window={windowOf(placesOf(shown, byTime))}
            zone={zone}
            chosen={chosen}
            onChoose={setChosen}
          />
        </>
      )}
      {groups(shown).map(({ key, day, again, session, events: of }) => (
        <section key={key}>
          <h3 className={classes.day}>
            {again ? say("web.timeline.another") : (day ?? say("web.timeline.order_only"))}
            {drawn && session && of.length > 1 && of.length < shown.length && (
              <button type="button" onClick={() => setVisit(sessionOf(events, key))}>
                {say("web.timeline.zoom")}
              </button>
            )}
          </h3>
          <ol className={classes.list}>
            {of.map((event) => (
              <Event
                key={event.place}
                event={event}
                lanes={lanes}
                zone={zone}
                chosen={event.place === chosen}
                pointed={event.place === at}
                onChoose={drawn ? setChosen : undefined}
              />
            ))}
          </ol>
        </section>
      ))}
      <div ref={end.ref} />
      {hasNextPage && !visit && (
        <Button
          variant="default"
          size="xs"
          fullWidth
          loading={isFetchingNextPage}
          onClick={() => fetchNextPage()}
        >
          {say("web.timeline.earlier", { n: total - events.length })}
        </Button>
      )}
    </div>
  );
}
