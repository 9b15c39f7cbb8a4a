import { Spoiler } from "@mantine/core";
import { feelingColour, scaleName, signed } from "@/parts/feelings";
import { decimal } from "@/parts/numbers";
import { useSay } from "@/words/say";
import classes from "./Timeline.module.css";
import type { Happened, Lane } from "./types";
import { clock } from "./where";

interface Props {
  event: Happened;
  lanes: Lane[];
  zone: string;
  chosen: boolean;
  /** It is what the address points at. */
  pointed?: boolean;
  onChoose?: (place: number) => void;
}

/** One event as people read it: when, what, where, what it was worth and what was said. */
export function Event({ event, lanes, zone, chosen, pointed, onChoose }: Props) {
  const say = useSay();
  const lane = lanes.find(({ channel }) => channel === event.channel);
  const more = Object.entries(event.properties);
  const name = event.touchpoint?.name ?? event.event;
  return (
    <li
      className={classes.event}
      data-chosen={chosen}
      data-pointed={pointed}
      data-place={event.place}
      onMouseEnter={() => onChoose?.(event.place)}
      onFocus={() => onChoose?.(event.place)}
    >
      {event.time_basis === "exact" && event.time ? (
        <time dateTime={event.time}>{clock(event.time, zone)}</time>
      ) : (
        <span
          className={classes.untimed}
          title={say(event.day ? "web.timeline.day_only" : "web.timeline.order_only")}
        >
          —
        </span>
      )}
      <div>
        <p className={classes.what}>
          <b>{name}</b>
          {event.channel && <span className={classes.chip}>{lane?.name ?? event.channel}</span>}
          {event.stage && <span className={classes.chip}>{event.stage.name}</span>}
          {event.value !== null && (
            <span className={classes.value}>
              {decimal(event.value, 2)} {event.currency ?? ""}
            </span>
          )}
          {event.score !== null && (
            <span className={classes.value}>
              <b>{decimal(event.score, event.score % 1 ? 1 : 0)}</b> {scaleName(say, event.scale)}
              {event.feeling !== null && (
                <span className={classes.feeling}>
                  <i style={{ background: feelingColour(event.feeling) }} aria-hidden="true" />
                  {say("web.timeline.feeling", { value: signed(event.feeling) })}
                </span>
              )}
            </span>
          )}
        </p>
        {event.consent.map((one) => (
          <p key={one.category} className={classes.choice}>
            {say(one.given ? "web.timeline.agreed" : "web.timeline.refused", { category: one.category })}
          </p>
        ))}
        {event.text && (
          <Spoiler
            maxHeight={84}
            showLabel={say("web.timeline.read_on")}
            hideLabel={say("web.timeline.read_less")}
            fz={12}
          >
            <blockquote className={classes.quote} lang={event.language ?? undefined}>
              {event.text}
            </blockquote>
          </Spoiler>
        )}
        {(more.length > 0 || event.touchpoint) && (
          <details className={classes.more}>
            <summary aria-label={say("web.timeline.more_of", { event: name })}>
              {say("web.timeline.more")}
            </summary>
            <dl>
              {event.touchpoint && <Pair name={say("web.timeline.event")} value={event.event} />}
              {event.source && <Pair name={say("web.timeline.source")} value={event.source} />}
              {more.map(([key, value]) => (
                <Pair key={key} name={key} value={value} />
              ))}
            </dl>
          </details>
        )}
      </div>
    </li>
  );
}

function Pair({ name, value }: { name: string; value: unknown }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{typeof value === "object" ? JSON.stringify(value) : String(value)}</dd>
    </div>
  );
}
