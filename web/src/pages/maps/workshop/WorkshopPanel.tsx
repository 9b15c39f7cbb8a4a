import { Button, MultiSelect, NumberInput, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { Problem } from "@/parts/Problem";
import { useSay } from "@/words/say";
import type { MapDocument } from "../document";
import { unmarked } from "../editor/markdown";
import { clock } from "./clock";
import { Dots } from "./Dots";
import { ranked, type Voting } from "./results";
import { type OpenVoting, useLeft, useWorkshop } from "./useWorkshop";
import classes from "./Workshop.module.css";

interface Props {
  id: string;
  map: MapDocument;
  edits: boolean;
  /** Goes to a card. */
  onCard?: (card: string) => void;
}

/** Everything that a workshop needs at the side of the map: the timer, the voting, and what came of those before. */
export function WorkshopPanel(props: Props) {
  const say = useSay();
  const { voting } = useWorkshop(props.id);
  const votings = [...(props.map.votings ?? [])].reverse();
  return (
    <div className={classes.panel}>
      {props.edits && <Timer id={props.id} />}
      {voting ? <Vote {...props} voting={voting} /> : props.edits && <Begin {...props} />}
      {votings.map((one) => (
        <Result key={one.key} {...props} voting={one} />
      ))}
      {votings.length === 0 && !voting && !props.edits && <p>{say("web.maps.workshop.nothing")}</p>}
    </div>
  );
}

const MINUTES = [3, 5, 10, 15];

function Timer({ id }: { id: string }) {
  const say = useSay();
  const { timer, told, setTimer, takeTimer } = useWorkshop(id);
  const left = useLeft(timer, told);
  const [minutes, setMinutes] = useState<number | string>(8);
  const set = (seconds: number, running = true) => setTimer.mutate({ seconds: Math.ceil(seconds), running });
  return (
    <section>
      <h3>{say("web.maps.workshop.timer")}</h3>
      {timer ? (
        <div className={classes.line}>
          <span className={classes.clock}>{clock(left)}</span>
          {left > 0 && (
            <Button variant="default" size="xs" onClick={() => set(left, !timer.running)}>
              {say(timer.running ? "web.maps.workshop.halt" : "web.maps.workshop.go_on")}
            </Button>
          )}
          <Button
            variant="default"
            size="xs"
            onClick={() => set(Math.max(0, left) + 60, left <= 0 || timer.running)}
          >
            {say("web.maps.workshop.more")}
          </Button>
          <Button variant="default" size="xs" onClick={() => takeTimer.mutate()}>
            {say("web.maps.workshop.take")}
          </Button>
        </div>
      ) : (
        <div className={classes.line}>
          {MINUTES.map((n) => (
            <Button key={n} variant="default" size="xs" onClick={() => set(n * 60)}>
              {say("web.maps.workshop.minutes", { n })}
            </Button>
          ))}
          <form
            className={classes.own}
            onSubmit={(event) => {
              event.preventDefault();
              if (Number(minutes) > 0) set(Number(minutes) * 60);
            }}
          >
            <NumberInput
              size="xs"
              w={64}
              min={1}
              max={1440}
              aria-label={say("web.maps.workshop.minutes_own")}
              value={minutes}
              onChange={setMinutes}
            />
            <Button type="submit" variant="default" size="xs">
              {say("web.maps.workshop.start")}
            </Button>
          </form>
        </div>
      )}
    </section>
  );
}

function Begin({ id, map }: Props) {
  const say = useSay();
  const { begin } = useWorkshop(id);
  const written = (map.lanes ?? []).filter((lane) => map.cards?.some((card) => card.lane === lane.key));
  const usual = written.filter((one) => one.role === "opportunities").map((one) => one.key);
  const [title, setTitle] = useState("");
  const [dots, setDots] = useState<number | string>(3);
  const [lanes, setLanes] = useState(usual);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    begin.mutate({ title: title.trim(), dots: Number(dots) || 3, lanes });
  };
  return (
    <section>
      <h3>{say("web.maps.workshop.voting")}</h3>
      <p>{say("web.maps.workshop.voting_about")}</p>
      <form className={classes.form} onSubmit={submit}>
        <TextInput
          label={say("web.maps.workshop.question")}
          placeholder={say("web.maps.workshop.question_like")}
          value={title}
          maxLength={200}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <MultiSelect
          label={say("web.maps.workshop.lanes")}
          placeholder={lanes.length ? "" : say("web.maps.workshop.all_lanes")}
          data={written.map((one) => ({ value: one.key, label: one.label[say.lang] }))}
          value={lanes}
          onChange={setLanes}
        />
        <div className={classes.line}>
          <NumberInput
            label={say("web.maps.workshop.dots")}
            w={96}
            min={1}
            max={20}
            value={dots}
            onChange={setDots}
          />
          <Button type="submit" loading={begin.isPending} disabled={written.length === 0}>
            {say("web.maps.workshop.begin")}
          </Button>
        </div>
        {written.length === 0 && <p>{say("web.maps.workshop.no_cards")}</p>}
        {begin.error && <Problem error={begin.error} />}
      </form>
    </section>
  );
}

function Vote({ id, map, edits, voting, onCard }: Props & { voting: OpenVoting }) {
  const say = useSay();
  const { put, end, drop } = useWorkshop(id);
  const cards = (map.cards ?? []).filter((one) => voting.lanes.includes(one.lane));
  return (
    <section>
      <h3>{voting.title || say("web.maps.workshop.vote_on")}</h3>
      <p>
        {say("web.maps.workshop.left", { n: voting.left })} ·{" "}
        {say("web.maps.workshop.voters", { n: voting.voters })}
      </p>
      <ul className={classes.list}>
        {cards.map((card) => {
          const name = unmarked(card.text?.[say.lang] ?? "") || say("web.maps.card.empty");
          return (
            <li key={card.key}>
              <Named
                name={name}
                place={placeOf(map, card, say.lang)}
                run={onCard && (() => onCard(card.key))}
              />
              <Dots
                name={name.slice(0, 60)}
                mine={voting.mine[card.key] ?? 0}
                left={voting.left}
                put={(dots) => put.mutate({ card: card.key, dots })}
              />
            </li>
          );
        })}
      </ul>
      {edits && (
        <div className={classes.line}>
          <Button loading={end.isPending} onClick={() => end.mutate()}>
            {say("web.maps.workshop.end")}
          </Button>
          <Button variant="subtle" color="gray" loading={drop.isPending} onClick={() => drop.mutate()}>
            {say("web.maps.workshop.drop")}
          </Button>
        </div>
      )}
    </section>
  );
}

function Result({ map, voting, onCard }: Props & { voting: Voting }) {
  const say = useSay();
  const cards = new Map(map.cards?.map((one) => [one.key, one]));
  const rows = ranked(voting.tally ?? []);
  return (
    <section>
      <h3>{voting.title?.[say.lang] || say("web.maps.workshop.voting")}</h3>
      <p>
        {[
          voting.on,
          say("web.maps.workshop.voters", { n: voting.voters }),
          say("web.maps.workshop.each", { n: voting.dots }),
        ]
          .filter(Boolean)
          .join(" · ")}
      </p>
      {rows.length === 0 && <p>{say("web.maps.workshop.no_dots")}</p>}
      <ol className={classes.list}>
        {rows.map((one) => {
          const card = cards.get(one.card);
          const name = card
            ? unmarked(card.text?.[say.lang] ?? "") || say("web.maps.card.empty")
            : say("web.maps.workshop.gone");
          return (
            <li key={one.card} className={classes.got}>
              <span className={classes.rank}>{one.rank}</span>
              <Named
                name={name}
                place={card ? placeOf(map, card, say.lang) : ""}
                run={card && onCard && (() => onCard(one.card))}
              />
              <b>{say("web.maps.workshop.dots_n", { n: one.dots })}</b>
              <span className={classes.share} style={{ inlineSize: `${one.share * 100}%` }} aria-hidden />
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function Named({ name, place, run }: { name: string; place: string; run?: () => void }) {
  const inside = (
    <>
      {name}
      {place && <small>{place}</small>}
    </>
  );
  return run ? (
    <button type="button" className={classes.named} onClick={run}>
      {inside}
    </button>
  ) : (
    <span className={classes.named}>{inside}</span>
  );
}

const placeOf = (map: MapDocument, card: { lane: string; step: string }, lang: "zh" | "en"): string =>
  [
    map.lanes?.find((one) => one.key === card.lane)?.label[lang],
    map.steps?.find((one) => one.key === card.step)?.name[lang],
  ]
    .filter(Boolean)
    .join(" · ");
