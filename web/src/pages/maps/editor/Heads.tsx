import {
  IconChevronDown,
  IconChevronRight,
  IconDots,
  IconLock,
  IconPlugConnected,
  IconRoute,
  IconStarFilled,
} from "@tabler/icons-react";
import { memo } from "react";
import { useSay } from "@/words/say";
import { useDepartment } from "./called";
import type { Lane, Stage, Step } from "./document";
import classes from "./Heads.module.css";
import { STAGES, STEPS } from "./places";
import { role } from "./roles";

function More({ name }: { name: string }) {
  const say = useSay();
  return (
    <button
      type="button"
      className={classes.more}
      data-menu
      tabIndex={-1}
      aria-label={say("web.do.more_of", { name })}
    >
      <IconDots size={14} aria-hidden />
    </button>
  );
}

/** Who answers for it: the department, and who in it. */
function Owned({ of, more }: { of: Pick<Stage, "owner" | "person">; more?: string }) {
  const owner = useDepartment(of.owner);
  const told = [owner, of.person, more].filter(Boolean).join(" · ");
  return told ? <small>{told}</small> : null;
}

interface Chosen {
  /** Whether it is among what is selected. */
  chosen: boolean;
  /** Whether one is there. */
  active: boolean;
}

const marked = ({ chosen, active }: Chosen) =>
  [chosen && classes.chosen, active && classes.here].filter(Boolean).join(" ");

export const StageHead = memo(function StageHead({
  stage,
  col,
  span,
  ...chosen
}: { stage: Stage; col: number; span: number } & Chosen) {
  const say = useSay();
  const name = stage.name[say.lang];
  return (
    <div
      {...role.column(col + 2, chosen.chosen, span)}
      data-row={STAGES}
      data-col={col}
      data-stage={stage.key}
      className={`${classes.stage} ${marked(chosen)}`}
      style={{ gridColumn: `${col + 1} / span ${span}` }}
    >
      <span className={classes.stuck}>
        <b>{name}</b>
        {stage.guessed && (
          <small className={classes.guessed} title={say("web.maps.guessed.one")}>
            {say("web.maps.guessed.head")}
          </small>
        )}
        <Owned of={stage} />
        <More name={name} />
      </span>
    </div>
  );
});

export const StepHead = memo(function StepHead({
  step,
  col,
  customers,
  planned,
  optional,
  ...chosen
}: {
  step: Step | null;
  col: number;
  /** How many were there, where the data say so. */
  customers: number | undefined;
  /** Which step of the planned path it is, from 1; none: it is not on it, or there is none. */
  planned: number | undefined;
  /** Whether it may be left out there. */
  optional: boolean;
} & Chosen) {
  const say = useSay();
  const name = step?.name[say.lang] ?? "";
  const moment = step?.moment;
  return (
    <div
      {...role.column(col + 2, chosen.chosen)}
      data-row={STEPS}
      data-col={col}
      data-step={step?.key}
      className={`${classes.step} ${marked(chosen)}`}
      style={{ gridColumn: col + 1 }}
    >
      {step ? (
        <>
          <b>{name}</b>
          {moment && (
            <span className={classes.moment}>
              <IconStarFilled size={11} aria-hidden />
              {say(`web.maps.moments.${moment}`)}
            </span>
          )}
          {planned !== undefined && (
            <small className={classes.planned}>
              <IconRoute size={11} aria-hidden />
              {say(optional ? "web.maps.plan.place_optional" : "web.maps.plan.place", { n: planned })}
            </small>
          )}
          {customers !== undefined && (
            <small className={classes.counted}>{say("web.maps.customers", { n: customers })}</small>
          )}
          <Owned of={step} more={step.standard} />
          <More name={name} />
        </>
      ) : (
        <button type="button" className={classes.add} data-add tabIndex={-1}>
          {say("web.maps.edit.add_step")}
        </button>
      )}
    </div>
  );
});

export const LaneHead = memo(function LaneHead({
  lane,
  row,
  folded,
  cards,
  filled,
  ...chosen
}: {
  lane: Lane;
  row: number;
  folded: boolean;
  cards: number;
  /** What the question is called that fills the lane; none: no question does. */
  filled: string | undefined;
} & Chosen) {
  const say = useSay();
  const name = lane.label[say.lang];
  return (
    <div
      {...role.head(chosen.chosen)}
      data-col={-1}
      data-lane={lane.key}
      className={`${classes.lane} ${marked(chosen)}`}
    >
      <button
        type="button"
        className={classes.fold}
        data-fold
        tabIndex={-1}
        aria-expanded={!folded}
        aria-label={say(folded ? "web.maps.edit.unfold_named" : "web.maps.edit.fold_named", { name })}
      >
        {folded ? <IconChevronRight size={13} aria-hidden /> : <IconChevronDown size={13} aria-hidden />}
      </button>
      <span className={classes.named}>
        {filled !== undefined && (
          <IconPlugConnected
            size={12}
            className={classes.filled}
            aria-label={say("web.maps.edit.filled", { name: filled || name })}
          />
        )}
        {name}
        {lane.locked && (
          <IconLock size={12} className={classes.lock} aria-label={say("web.maps.edit.locked")} />
        )}
        <Owned of={lane} />
        {folded && cards > 0 && <small>{say("web.maps.edit.cards", { n: cards })}</small>}
      </span>
      <More name={name} />
    </div>
  );
});
