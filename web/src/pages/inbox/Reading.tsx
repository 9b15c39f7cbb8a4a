import { ActionIcon, Button, Select, Skeleton } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { IconArrowLeft, IconCheck, IconChevronLeft, IconChevronRight, IconQuote } from "@tabler/icons-react";
import { useRef } from "react";
import { Link } from "react-router";
import { useRole } from "@/hooks/useRole";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { Chip } from "@/parts/Chip";
import { feelingColour, scaleName, signed } from "@/parts/feelings";
import { decimal } from "@/parts/numbers";
import { Problem } from "@/parts/Problem";
import { Stale } from "@/parts/Stale";
import { useSay } from "@/words/say";
import { Around } from "./Around";
import { Evidence } from "./Evidence";
import classes from "./Inbox.module.css";
import { piecesOf, spanOf } from "./marked";
import { chosenIn } from "./selected";
import type { SaidWhy } from "./types";
import { useCorrect, useSaid } from "./useInbox";

interface Props {
  id: string;
  at: string | null;
  onOpen: (id: string) => void;
  onBack: () => void;
  onStep: (by: 1 | -1) => void;
}

/** One text to read: the words that made its reading, what it is about, and what its customer did around it. */
export function Reading({ id, at, onOpen, onBack, onStep }: Props) {
  const say = useSay();
  const { data, error, isPlaceholderData, refetch } = useSaid(id);
  return (
    <article className={classes.reading} aria-label={say("web.inbox.reading")}>
      <div className={classes.tools}>
        <ActionIcon
          variant="subtle"
          color="gray"
          className={classes.back}
          onClick={onBack}
          aria-label={say("web.inbox.back")}
        >
          <IconArrowLeft size={16} />
        </ActionIcon>
        <ActionIcon
          variant="subtle"
          color="gray"
          onClick={() => onStep(-1)}
          aria-label={say("web.inbox.previous")}
        >
          <IconChevronLeft size={16} />
        </ActionIcon>
        <ActionIcon
          variant="subtle"
          color="gray"
          onClick={() => onStep(1)}
          aria-label={say("web.inbox.next")}
        >
          <IconChevronRight size={16} />
        </ActionIcon>
        <span className={classes.keys}>{say("web.inbox.keys")}</span>
      </div>
      {error && <Problem error={error} retry={() => refetch()} />}
      {!data && !error && <Skeleton height={260} />}
      {data && !error && (
        <Stale when={isPlaceholderData}>
          <Said said={data} at={at} onOpen={onOpen} />
        </Stale>
      )}
    </article>
  );
}

function Said({ said, at, onOpen }: { said: SaidWhy; at: string | null; onOpen: (id: string) => void }) {
  const say = useSay();
  const ws = useWorkspaceName();
  const text = useRef<HTMLQuoteElement>(null);
  const pieces = piecesOf(said.text, said.words, said.mentions, spanOf(at));
  return (
    <>
      <p className={classes.who}>
        <Link to={`/w/${encodeURIComponent(ws)}/customers/${encodeURIComponent(said.customer.ref)}`}>
          {said.customer.id}
        </Link>
        <span>
          {[said.shown, said.touchpoint?.name ?? said.event.name, said.channel.name, said.stage?.name]
            .filter(Boolean)
            .join(" · ")}
        </span>
        {said.score !== null && (
          <span>
            <b>{decimal(said.score, said.score % 1 ? 1 : 0)}</b> {scaleName(say, said.scale)}
          </span>
        )}
      </p>
      <blockquote ref={text} lang={said.reading.language?.key} className={classes.quote}>
        {pieces.map(({ start, text: piece, weight, shows, pointed }) => {
          const why = [
            weight > 0 && say("web.inbox.speaks_positive"),
            weight < 0 && say("web.inbox.speaks_negative"),
            ...shows,
          ]
            .filter(Boolean)
            .join(say("web.overview.comma"));
          return why || pointed ? (
            <mark
              key={start}
              data-side={weight > 0 ? "positive" : weight < 0 ? "negative" : undefined}
              data-strong={Math.abs(weight) > 0.6}
              data-shows={shows.length > 0}
              data-pointed={pointed}
              title={why || undefined}
            >
              {piece}
            </mark>
          ) : (
            <span key={start}>{piece}</span>
          );
        })}
      </blockquote>
      {said.words.length > 0 && (
        <p className={classes.legend}>
          <mark data-side="positive">{say("web.inbox.positive_words")}</mark>{" "}
          <mark data-side="negative">{say("web.inbox.negative_words")}</mark>
          {(said.mentions ?? []).length > 0 && <mark data-shows="true">{say("web.inbox.shows")}</mark>}
        </p>
      )}
      <Judged said={said} />
      {said.clauses.length > 1 && (
        <section className={classes.part}>
          <h2>{say("web.inbox.clauses")}</h2>
          <ul className={classes.clauses}>
            {said.clauses.map(({ start, text: clause, sentiment, label }) => (
              <li key={start}>
                <i
                  className={classes.dot}
                  style={{ background: sentiment === null ? "var(--line)" : feelingColour(sentiment) }}
                  aria-hidden="true"
                />
                <span>{clause}</span>
                <small>
                  {[label?.name, sentiment === null ? "" : signed(sentiment, 1)].filter(Boolean).join(" ")}
                </small>
              </li>
            ))}
          </ul>
        </section>
      )}
      <Quote said={said} text={() => text.current} />
      <Around said={said} onOpen={onOpen} />
    </>
  );
}

/** How it was read; people may say better. */
function Judged({ said }: { said: SaidWhy }) {
  const say = useSay();
  const { may } = useRole();
  const correct = useCorrect(said.id);
  const { reading, choices, history } = said;
  const labels = choices.label ?? [];
  const last = reading.corrected.at(-1);
  const more = [
    reading.sentiment !== null && signed(reading.sentiment, 1),
    reading.language?.name,
    reading.emotion?.name,
    reading.intent?.name,
    reading.urgency !== null && say("web.inbox.urgency", { n: reading.urgency ?? 0 }),
  ].filter(Boolean);
  return (
    <section className={classes.judged}>
      {may("analyst") && labels.length > 0 ? (
        <Select
          size="xs"
          w={110}
          aria-label={say("web.inbox.label")}
          value={reading.label?.key ?? null}
          data={labels.map(({ key, name }) => ({ value: key, label: name }))}
          onChange={(label) => label && label !== reading.label?.key && correct.mutate({ label })}
          allowDeselect={false}
          disabled={correct.isPending}
        />
      ) : (
        reading.label && <b>{reading.label.name}</b>
      )}
      <span className={classes.more}>{more.join(" · ")}</span>
      {(reading.topics ?? []).map(({ key, name }) => (
        <Chip key={key}>{name}</Chip>
      ))}
      {last && (
        <span className={classes.corrected}>
          {say("web.inbox.corrected", { who: last.by_name })}
          {may("analyst") && (
            <Button
              variant="subtle"
              size="compact-xs"
              loading={correct.isPending}
              onClick={() => correct.mutate(null)}
            >
              {say("web.inbox.undo")}
            </Button>
          )}
        </span>
      )}
      {!last && history.length > 0 && (
        <span className={classes.corrected}>{say("web.inbox.taken_back")}</span>
      )}
      {correct.isError && <Problem error={correct.error} />}
    </section>
  );
}

/** Takes it, or the part of it that is selected, along: in quotes, with the address that leads back to these words. */
function Quote({ said, text }: { said: SaidWhy; text: () => HTMLElement | null }) {
  const say = useSay();
  const ws = useWorkspaceName();
  const clipboard = useClipboard({ timeout: 2000 });
  const copy = () => {
    const whole = Array.from(said.text);
    const [start, end] = chosenIn(text()) ?? [0, whole.length];
    const asked = new URLSearchParams({
      id: said.id,
      ...(end - start < whole.length ? { at: `${start}-${end}` } : {}),
    });
    const address = `${location.origin}/w/${encodeURIComponent(ws)}/inbox?${asked}`;
    const where = [said.shown, said.touchpoint?.name ?? said.event.name].join(" · ");
    clipboard.copy(
      `“${whole.slice(start, end).join("")}”\n${where} [${said.message_id}:${start}-${end}]\n${address}`,
    );
  };
  return (
    <div className={classes.take}>
      <Button
        variant="default"
        size="xs"
        leftSection={clipboard.copied ? <IconCheck size={13} /> : <IconQuote size={13} />}
        onClick={copy}
      >
        <span aria-live="polite">{say(clipboard.copied ? "web.do.copied" : "web.inbox.copy_quote")}</span>
      </Button>
      <Evidence said={said} chosen={() => chosenIn(text())} />
      <small>{say("web.inbox.copy_part")}</small>
    </div>
  );
}
