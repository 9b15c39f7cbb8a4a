import { Button, Select, Skeleton } from "@mantine/core";
import { useState } from "react";
import { useRole } from "@/hooks/useRole";
import { Block } from "@/parts/Block";
import { feelingColour } from "@/parts/feelings";
import { whole } from "@/parts/numbers";
import { Problem } from "@/parts/Problem";
import { Stale } from "@/parts/Stale";
import { useSay } from "@/words/say";
import { axisOf, at as placed } from "./axis";
import { Further } from "./Further";
import { type Behind, Listening } from "./Listening";
import { Quote } from "./Quote";
import classes from "./ThemesBlock.module.css";
import type { Theme, Themes } from "./types";
import { type Asked, useThemes } from "./useVoice";
import voice from "./Voice.module.css";

/** What customers talk about: how many, how it feels, what changed, and in their own words. */
export function ThemesBlock({ asked, onAsk }: { asked: Asked; onAsk: (kind: string | null) => void }) {
  const say = useSay();
  const { data, error, isPending, isPlaceholderData, refetch } = useThemes(asked);
  const [behind, setBehind] = useState<Behind | null>(null);
  if (data?.state === "mute") return null;
  const { kinds = [], kind = null, spec, untold, comments = 0, notes = [] } = data ?? {};
  return (
    <Block
      title={say("web.voice.themes")}
      about={
        data
          ? say("web.voice.themes_about", { n: comments, share: untold?.shown ?? "—" })
          : say("web.voice.themes_of")
      }
      actions={
        <>
          {kinds.length > 0 && (
            <Select
              size="xs"
              w={170}
              value={kind}
              onChange={onAsk}
              data={kinds.map(({ value, title }) => ({ value, label: title }))}
              allowDeselect={false}
              aria-label={say("web.voice.themes_kind")}
            />
          )}
          {spec && <Further spec={spec} title={say("web.voice.themes")} />}
        </>
      }
    >
      {error && <Problem error={error} retry={() => refetch()} />}
      {isPending && !error && <Skeleton height={320} m={14} w="auto" />}
      {data && !error && (
        <Stale when={isPlaceholderData}>
          {data.rows?.length ? (
            <ol className={classes.themes}>
              {data.rows.map((theme) => (
                <One
                  key={theme.key}
                  of={theme}
                  onOpen={() =>
                    setBehind({
                      spec: spec ?? {},
                      cell: theme.cell as Behind["cell"],
                      title: theme.title,
                    })
                  }
                />
              ))}
            </ol>
          ) : (
            <p className={voice.quiet}>{say("web.voice.no_themes")}</p>
          )}
          {notes.length > 0 && <Told notes={notes} />}
        </Stale>
      )}
      <Listening behind={behind} token={data?.token ?? ""} onClose={() => setBehind(null)} />
    </Block>
  );
}

function Told({ notes }: { notes: NonNullable<Themes["notes"]> }) {
  const say = useSay();
  return (
    <details className={voice.notes}>
      <summary>{say("web.voice.notes", { n: notes.length })}</summary>
      <ul>
        {notes.map(({ code, text }) => (
          <li key={code + text}>{text}</li>
        ))}
      </ul>
    </details>
  );
}

function One({ of: theme, onOpen }: { of: Theme; onOpen: () => void }) {
  const say = useSay();
  const { may } = useRole();
  const [all, setAll] = useState(false);
  const { title, share, comments, customers, feeling, negative, moved, quotes, trend } = theme;
  const head = (
    <>
      <b>{title}</b>
      <small>
        {[
          share.shown,
          say("web.voice.comments", { n: comments }),
          say("web.parts.customers", { n: customers }),
        ].join(" · ")}
      </small>
    </>
  );
  return (
    <li>
      <div className={classes.head}>
        {may("analyst") ? (
          <button type="button" title={say("web.chart.who")} onClick={onOpen}>
            {head}
          </button>
        ) : (
          <span>{head}</span>
        )}
        <Spark trend={trend} />
      </div>
      <p className={classes.felt}>
        {feeling?.value !== null && feeling?.value !== undefined && (
          <>
            <i style={{ background: feelingColour(feeling.value) }} aria-hidden="true" />
            {say("web.voice.felt", { value: feeling.shown })} <small>{feeling.interval}</small>
          </>
        )}
        {negative && (
          <small>{say("web.voice.negative", { share: negative.shown, n: whole(feeling?.n) })}</small>
        )}
      </p>
      {moved.map(({ direction, text }) => (
        <p key={direction} className={direction === "worse" ? classes.worse : classes.moved}>
          {text}
        </p>
      ))}
      {quotes.slice(0, all ? undefined : 1).map((quote) => (
        <Quote key={quote.message_id ?? quote.text} of={quote} />
      ))}
      {quotes.length > 1 && !all && (
        <Button variant="subtle" size="compact-xs" onClick={() => setAll(true)}>
          {say("web.voice.more_quotes", { n: quotes.length - 1 })}
        </Button>
      )}
    </li>
  );
}

const WIDE = 84;
const TALL = 22;

/** Its share of the comments over time. */
function Spark({ trend }: { trend: (number | null)[] }) {
  const axis = axisOf([0, ...trend]);
  if (trend.length < 2) return null;
  const points = trend
    .map((value, place) =>
      value === null
        ? null
        : `${(place * WIDE) / (trend.length - 1)},${TALL - 1 - placed(axis, value) * (TALL - 2)}`,
    )
    .filter(Boolean)
    .join(" ");
  return (
    <svg
      viewBox={`0 0 ${WIDE} ${TALL}`}
      width={WIDE}
      height={TALL}
      className={classes.spark}
      aria-hidden="true"
    >
      <polyline points={points} />
    </svg>
  );
}
