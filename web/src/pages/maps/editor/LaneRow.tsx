import { IconClock } from "@tabler/icons-react";
import { memo } from "react";
import { useSay } from "@/words/say";
import type { Figure } from "./answered";
import { CardView } from "./CardView";
import { assumed, type Card, type Lane, type MapDocument } from "./document";
import { LaneHead } from "./Heads";
import classes from "./LaneRow.module.css";
import type { Column } from "./places";
import { role } from "./roles";

interface Props {
  id: string;
  lane: Lane;
  row: number;
  columns: Column[];
  cards: Card[];
  bindings: MapDocument["bindings"];
  /** How many links a card has. */
  links: ReadonlyMap<string, number>;
  figures: ReadonlyMap<string, Figure> | undefined;
  chips: ReadonlyMap<string, string[]> | undefined;
  /** What customers said, by step. */
  quotes: ReadonlyMap<string, string[]> | undefined;
  folded: boolean;
  /** The selected columns: the first and the last; none: nothing here. */
  left: number | null;
  right: number | null;
  /** The column one is in, and the card. */
  activeCol: number | null;
  activeCard: string | null;
  locks: Readonly<Record<string, string>>;
}

interface Spanning {
  card: Card;
  from: number;
  to: number;
  line: number;
}

/** Cards over several steps, each on the first line of the row on which it has room. */
function spanning(cards: Card[], place: Map<string, number>): Spanning[] {
  const free: number[] = [];
  return cards.flatMap((card) => {
    const from = place.get(card.step);
    const to = card.until === undefined ? undefined : place.get(card.until);
    if (from === undefined || to === undefined) return [];
    const found = free.findIndex((end) => end < from);
    const line = found < 0 ? free.length : found;
    free[line] = to;
    return [{ card, from, to, line }];
  });
}

/** A lane: its head, what the data say, and the cards in its cells. */
export const LaneRow = memo(function LaneRow(props: Props) {
  const { lane, row, columns, cards, folded, left, right, activeCol, activeCard } = props;
  const say = useSay();
  const question = props.bindings.find((one) => one.lane === lane.key && !one.step);
  const place = new Map(columns.map((column, col) => [column.step?.key ?? "", col]));
  const long = folded
    ? []
    : spanning(
        [...cards].sort((a, b) => (place.get(a.step) ?? 0) - (place.get(b.step) ?? 0)),
        place,
      );
  const lines = Math.max(0, ...long.map((one) => one.line + 1));
  const short = new Map<number, Card[]>();
  for (const card of folded ? [] : cards) {
    const col = place.get(card.step);
    if (col === undefined || card.until !== undefined) continue;
    short.set(col, [...(short.get(col) ?? []), card]);
  }
  const filled = new Set([...short.keys(), ...(activeCol !== null && activeCol >= 0 ? [activeCol] : [])]);
  if (!folded) {
    columns.forEach((column, col) => {
      const step = column.step?.key ?? "";
      if (props.figures?.has(step) || props.chips?.get(step)?.length || props.quotes?.has(step))
        filled.add(col);
    });
  }
  // Below the long cards that stand over the column; those of other columns leave no gap in it.
  const above = (col: number) =>
    Math.max(0, ...long.filter((one) => one.from <= col && col <= one.to).map((one) => one.line + 1));
  const among = (col: number) => left !== null && right !== null && col >= left && col <= right;
  const view = (card: Card) => (
    <CardView
      key={card.key}
      id={props.id}
      card={card}
      assumed={assumed(card, props.bindings)}
      active={card.key === activeCard}
      links={props.links.get(card.key) ?? 0}
      lockedBy={props.locks[card.key]}
    />
  );
  return (
    <div
      {...role.row(row + 3)}
      data-row={row}
      className={`${classes.row} ${folded ? classes.folded : ""} ${lane.locked ? classes.closed : ""}`}
    >
      <LaneHead
        lane={lane}
        row={row}
        folded={folded}
        cards={cards.length}
        filled={question && (question.title?.[say.lang] ?? "")}
        chosen={left === -1}
        active={activeCol === -1}
      />
      <div
        className={classes.track}
        role="presentation"
        style={lines ? { gridTemplateRows: `repeat(${lines}, max-content) 1fr` } : undefined}
      >
        {left !== null && left >= 0 && right !== null && (activeCard === null || left < right) && (
          <div
            className={classes.area}
            style={{ left: `calc(${left} * var(--col))`, width: `calc(${right - left + 1} * var(--col))` }}
          />
        )}
        {long.map(({ card, from, to, line }) => (
          <div
            key={card.key}
            {...role.cell(from + 2, among(from), to - from + 1)}
            className={classes.long}
            style={{ gridColumn: `${from + 1} / ${to + 2}`, gridRow: line + 1 }}
          >
            {view(card)}
          </div>
        ))}
        {[...filled]
          .sort((a, b) => a - b)
          .map((col) => {
            const step = columns[col]?.step?.key ?? "";
            return (
              <div
                key={step || `stage-${col}`}
                {...role.cell(col + 2, among(col))}
                data-cell={col}
                className={classes.cell}
                style={{ gridColumn: col + 1, gridRow: `${above(col) + 1} / ${lines + 2}` }}
              >
                {!folded && (
                  <Told
                    figure={props.figures?.get(step)}
                    chips={props.chips?.get(step)}
                    quotes={props.quotes?.get(step)}
                  />
                )}
                {short.get(col)?.map(view)}
              </div>
            );
          })}
      </div>
    </div>
  );
});

function Told({
  figure,
  chips,
  quotes,
}: {
  figure: Figure | undefined;
  chips: string[] | undefined;
  quotes: string[] | undefined;
}) {
  const say = useSay();
  return (
    <>
      {figure && (
        <div className={classes.figure}>
          <b className={figure.worse ? classes.worse : undefined}>{figure.shown}</b>
          {figure.stale && (
            <IconClock size={12} className={classes.stale} aria-label={figure.stale} title={figure.stale} />
          )}
          <small>{[figure.interval, say("web.maps.n", { n: figure.n })].filter(Boolean).join(" · ")}</small>
          {figure.target && <small>{figure.target}</small>}
        </div>
      )}
      {quotes?.map((quote) => (
        <blockquote key={quote} className={classes.quote}>
          {quote}
        </blockquote>
      ))}
      {chips && chips.length > 0 && (
        <div className={classes.chips}>
          {chips.map((chip) => (
            <span key={chip}>{chip}</span>
          ))}
        </div>
      )}
    </>
  );
}
