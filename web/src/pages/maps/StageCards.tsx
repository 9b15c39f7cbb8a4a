import { Skeleton } from "@mantine/core";
import { feelingColour } from "@/parts/feelings";
import { whole } from "@/parts/numbers";
import { Problem } from "@/parts/Problem";
import { useSay } from "@/words/say";
import type { Chosen } from "./Behind";
import type { MapDocument } from "./document";
import classes from "./StageCards.module.css";
import { type MapAnswers, type MapCell, useMapAnswers } from "./useMaps";

interface Props {
  id: string;
  map: MapDocument;
  onChoose: (chosen: Chosen) => void;
}

/** A map for a narrow window: a stack of stages, each with its steps and what is known of them. */
export function StageCards({ id, map, onChoose }: Props) {
  const say = useSay();
  const answers = useMapAnswers(id);
  if (answers.isError) return <Problem error={answers.error} retry={() => answers.refetch()} />;
  if (answers.isPending) return <Skeleton height={400} radius={12} />;
  return (
    <ol className={classes.stack}>
      {(map.stages ?? []).map((stage) => (
        <li key={stage.key} className={classes.stage}>
          <h2>{stage.name[say.lang]}</h2>
          {stage.goal && <p>{stage.goal[say.lang]}</p>}
          <ul>
            {(map.steps ?? [])
              .filter((one) => one.stage === stage.key)
              .map((step) => (
                <Step key={step.key} step={step} map={map} answers={answers.data} onChoose={onChoose} />
              ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}

interface StepProps {
  step: NonNullable<MapDocument["steps"]>[number];
  map: MapDocument;
  answers: MapAnswers;
  onChoose: (chosen: Chosen) => void;
}

function Step({ step, map, answers, onChoose }: StepProps) {
  const say = useSay();
  const cells = answers.cells.filter((one) => one.step === step.key);
  const cards = (map.cards ?? []).filter((one) => one.step === step.key && one.text);
  const volume = answers.volume[step.key];
  const quote = answers.quotes.find((one) => one.step === step.key);
  return (
    <li>
      <button type="button" className={classes.step} onClick={() => onChoose({ step: step.key })}>
        <b>
          {step.name[say.lang]}
          {step.moment && " ★"}
        </b>
        {volume !== undefined && <small>{say("web.maps.customers", { n: volume })}</small>}
      </button>
      {cells.length > 0 && (
        <dl>
          {cells.map((cell) => (
            <Cell key={cell.lane} cell={cell} label={labelOf(map, cell, say.lang)} />
          ))}
        </dl>
      )}
      {cards.map((card) => (
        <p
          key={card.key}
          className={card.evidence?.length ? classes[card.kind ?? "text"] : classes.assumption}
        >
          {card.text?.[say.lang]}
          {!card.evidence?.length && <small>{say("web.maps.assumption")}</small>}
        </p>
      ))}
      {quote && (
        <blockquote
          style={{ borderColor: quote.feeling === null ? undefined : feelingColour(quote.feeling) }}
        >
          {quote.text}
        </blockquote>
      )}
    </li>
  );
}

function Cell({ cell, label }: { cell: MapCell; label: string }) {
  const say = useSay();
  const verdict = cell.worse ? classes.worse : cell.better ? classes.better : undefined;
  return (
    <div>
      <dt>{label}</dt>
      <dd className={verdict}>
        <b>{cell.shown}</b>
        <small>
          {[cell.before && say("web.maps.before", { before: cell.before }), `n ${whole(cell.n)}`]
            .filter(Boolean)
            .join(say("web.maps.and"))}
        </small>
      </dd>
    </div>
  );
}

function labelOf(map: MapDocument, cell: MapCell, lang: "zh" | "en"): string {
  return map.lanes?.find((one) => one.key === cell.lane)?.label[lang] ?? cell.title;
}
