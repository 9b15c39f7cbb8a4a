import { useElementSize } from "@mantine/hooks";
import type { KeyboardEvent } from "react";
import { feelingColour } from "@/parts/feelings";
import { useSay } from "@/words/say";
import classes from "./Timeline.module.css";
import type { Happened, Lane } from "./types";
import { DAY, labels, momentOf, ticks, type Window } from "./where";

const TICK = 110;

interface Props {
  lanes: Lane[];
  /** The newest first, as they are listed. */
  events: Happened[];
  byTime: boolean;
  window: Window;
  zone: string;
  /** The place of the event that is looked at. */
  chosen: number | null;
  onChoose: (place: number | null) => void;
}

/** Channels one above the other, and on each a mark for every event; arrow keys go from one to the next. */
export function Lanes({ lanes, events, byTime, window, zone, chosen, onChoose }: Props) {
  const say = useSay();
  const { ref, width } = useElementSize();
  const inside = events
    .map((event) => ({ event, at: byTime ? (momentOf(event) ?? 0) : event.place }))
    .filter(({ at }) => at >= window.from && at <= window.to)
    .sort((one, other) => one.event.place - other.event.place);
  const left = (at: number) => ((at - window.from) / (window.to - window.from)) * 100;
  const current = inside.find(({ event }) => event.place === chosen);
  const onKey = (pressed: KeyboardEvent) => {
    const now = inside.findIndex(({ event }) => event.place === chosen);
    const next = landing(pressed.key, now, inside.length);
    if (next === undefined) return;
    pressed.preventDefault();
    onChoose(inside[next]?.event.place ?? null);
  };
  // Of a day alone no clock is known.
  const marked = byTime && inside.some(({ event }) => event.time_basis === "exact");
  const shown = lanes.filter(({ channel }) => inside.some(({ event }) => event.channel === channel));
  return (
    <div
      className={classes.lanes}
      role="slider"
      tabIndex={0}
      aria-label={say("web.timeline.lanes")}
      aria-valuemin={0}
      aria-valuemax={Math.max(0, inside.length - 1)}
      aria-valuenow={Math.max(
        0,
        inside.findIndex(({ event }) => event.place === chosen),
      )}
      aria-valuetext={current ? told(current.event) : say("web.timeline.none_chosen")}
      onKeyDown={onKey}
    >
      {shown.map(({ channel, name }) => {
        const here = inside.filter(({ event }) => event.channel === channel);
        return (
          <div key={channel} className={classes.lane}>
            <span className={classes.channel}>{name}</span>
            <div className={classes.track}>
              {here.map(({ event, at }) => (
                // biome-ignore lint/a11y/noStaticElementInteractions: the list and the arrow keys do the same
                <i
                  key={event.place}
                  className={classes.at}
                  data-chosen={event.place === chosen}
                  data-said={Boolean(event.text)}
                  style={{
                    left: `${left(at)}%`,
                    background: event.feeling === null ? undefined : feelingColour(event.feeling),
                  }}
                  onMouseEnter={() => onChoose(event.place)}
                />
              ))}
              {labels(
                here.map(({ at }) => (left(at) * width) / 100),
                width,
              ).map(({ first, count, x, room }) => (
                <small key={first} style={{ left: x + 8, maxWidth: room - 14 }}>
                  {here[first]?.event.touchpoint?.name ?? here[first]?.event.event}
                  {count > 1 && ` +${count - 1}`}
                </small>
              ))}
            </div>
          </div>
        );
      })}
      <div className={classes.lane}>
        <span className={classes.channel} />
        <div className={classes.scale} ref={ref}>
          {byTime ? (
            (marked || window.to - window.from >= 2 * DAY) &&
            ticks(window, zone, Math.max(1, Math.floor(width / TICK))).map(({ at, text }) => (
              <span key={at} style={{ left: `${left(at)}%` }}>
                {text}
              </span>
            ))
          ) : (
            <span style={{ left: 0 }}>{say("web.timeline.in_order")}</span>
          )}
        </div>
      </div>
      <p className={classes.label} data-shown={Boolean(current)}>
        {current ? told(current.event) : say("web.timeline.hover")}
      </p>
    </div>
  );
}

/** Which mark a key leads to, of so many; −1 for none, undefined for keys that mean nothing here. */
function landing(key: string, now: number, marks: number): number | undefined {
  if (key === "ArrowRight") return Math.min(now + 1, marks - 1);
  if (key === "ArrowLeft") return now < 0 ? marks - 1 : Math.max(now - 1, 0);
  if (key === "Home") return 0;
  if (key === "End") return marks - 1;
  return key === "Escape" ? -1 : undefined;
}

function told(event: Happened): string {
  const name = event.touchpoint ? `${event.touchpoint.name} (${event.event})` : event.event;
  return event.time_basis === "order" ? name : `${event.shown}  ${name}`;
}
