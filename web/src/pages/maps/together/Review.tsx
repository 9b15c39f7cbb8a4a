import { Button, MultiSelect, Skeleton, Textarea } from "@mantine/core";
import { IconCheck, IconClock, IconPencil } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { usePeople } from "@/hooks/usePeople";
import { Chip } from "@/parts/Chip";
import { Problem } from "@/parts/Problem";
import { ago } from "@/parts/when";
import { useSay } from "@/words/say";
import { Face } from "./Face";
import classes from "./Review.module.css";
import talk from "./Talk.module.css";
import { type MapReviews, type Review as ReviewOf, useReviewActions, useReviews } from "./useTalk";

const TONES = { waiting: "mid", approved: "good", changes: "bad" } as const;
const SIGNS = { waiting: IconClock, approved: IconCheck, changes: IconPencil };

/** Whether those who are asked approve of the map. */
export function Review({ id }: { id: string }) {
  const say = useSay();
  const found = useReviews(id);
  if (found.isError) return <Problem error={found.error} retry={() => found.refetch()} />;
  if (found.isPending) return <Skeleton height={160} />;
  const { reviews, asks, yours } = found.data;
  return (
    <>
      <Standing reviews={found.data} />
      {yours && <Answer id={id} review={yours} />}
      {reviews.map((one) => (
        <Asked key={one.id} review={one} />
      ))}
      {asks && <Ask id={id} again={reviews.length > 0} />}
      {!asks && reviews.length === 0 && <p className={talk.soft}>{say("web.maps.together.nobody_asked")}</p>}
    </>
  );
}

/** The state of the newest review in one line: approved as which version, and changed since or not. */
function Standing({ reviews }: { reviews: MapReviews }) {
  const say = useSay();
  const [newest] = reviews.reviews;
  if (!newest || reviews.state === "none") return null;
  const name =
    newest.version === null
      ? say("web.maps.together.step", { n: newest.step })
      : say("web.maps.together.version", { n: newest.version, name: newest.version_name ?? "" });
  return (
    <p className={classes.standing}>
      <Chip tone={TONES[reviews.state]}>{say(`web.maps.together.states.${reviews.state}`)}</Chip>
      <span>{name}</span>
      {reviews.changed > 0 && (
        <span className={talk.soft}>{say("web.maps.together.changed_since", { n: reviews.changed })}</span>
      )}
    </p>
  );
}

function Asked({ review }: { review: ReviewOf }) {
  const say = useSay();
  return (
    <article className={talk.thread}>
      <header>
        <span className={talk.soft}>
          {say("web.maps.together.asked", {
            name: review.author?.name ?? say("web.maps.together.somebody"),
            when: ago(review.created, say.lang),
          })}
        </span>
        <Chip tone={TONES[review.state]}>{say(`web.maps.together.states.${review.state}`)}</Chip>
      </header>
      {review.words && <p className={talk.body}>{review.words}</p>}
      <span className={talk.soft}>
        {review.version === null
          ? say("web.maps.together.step", { n: review.step })
          : say("web.maps.together.version", { n: review.version, name: review.version_name ?? "" })}
      </span>
      {review.verdicts.map((one) => {
        const Sign = SIGNS[one.verdict];
        return (
          <div key={one.person.id} className={talk.said}>
            <Face id={one.person.id} name={one.person.name} small />
            <div>
              <div className={talk.by}>
                <b>{one.person.name}</b>
                <span className={classes.verdict} data-verdict={one.verdict}>
                  <Sign size={12} /> {say(`web.maps.together.verdicts.${one.verdict}`)}
                </span>
                {one.at && <span className={talk.soft}>{ago(one.at, say.lang)}</span>}
              </div>
              {one.words && <p className={talk.body}>{one.words}</p>}
            </div>
          </div>
        );
      })}
    </article>
  );
}

function Answer({ id, review }: { id: string; review: string }) {
  const say = useSay();
  const { answer } = useReviewActions(id);
  const [words, setWords] = useState("");
  const give = (verdict: "approved" | "changes") => answer.mutate({ review, verdict, words });
  return (
    <div className={talk.begin}>
      <b>{say("web.maps.together.your_turn")}</b>
      <Textarea
        label={say("web.maps.together.your_words")}
        autosize
        minRows={2}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      <div className={talk.decide}>
        <Button size="xs" variant="default" loading={answer.isPending} onClick={() => give("changes")}>
          {say("web.maps.together.want_changes")}
        </Button>
        <Button size="xs" loading={answer.isPending} onClick={() => give("approved")}>
          {say("web.maps.together.approve")}
        </Button>
      </div>
      {answer.error && <Problem error={answer.error} />}
    </div>
  );
}

function Ask({ id, again }: { id: string; again: boolean }) {
  const say = useSay();
  const { ask } = useReviewActions(id);
  const people = usePeople().data ?? [];
  const [wanted, setWanted] = useState<string[]>([]);
  const [words, setWords] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    ask.mutate(
      { people: wanted, words },
      {
        onSuccess: () => {
          setWanted([]);
          setWords("");
        },
      },
    );
  };
  return (
    <form className={talk.begin} onSubmit={submit}>
      <MultiSelect
        label={say(again ? "web.maps.together.ask_again" : "web.maps.together.ask")}
        description={say("web.maps.together.ask_about")}
        placeholder={wanted.length ? undefined : say("web.maps.together.people")}
        searchable
        value={wanted}
        onChange={setWanted}
        data={people.map((one) => ({ value: one.id, label: one.name || one.email }))}
        nothingFoundMessage={say("web.maps.together.no_people")}
      />
      {wanted.length > 0 && (
        <>
          <Textarea
            label={say("web.maps.together.ask_words")}
            autosize
            minRows={2}
            value={words}
            onChange={(event) => setWords(event.currentTarget.value)}
          />
          <div className={talk.decide}>
            <Button size="xs" type="submit" loading={ask.isPending}>
              {say("web.maps.together.do_ask")}
            </Button>
          </div>
        </>
      )}
      {ask.error && <Problem error={ask.error} />}
    </form>
  );
}
