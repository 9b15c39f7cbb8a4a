import { whole } from "@/parts/numbers";
import { useSay } from "@/words/say";
import { Nested } from "../library/Nested";
import { PlanBehind } from "../plan/PlanBehind";
import { MomentHere } from "../truth/MomentHere";
import classes from "./Behind.module.css";
import { Cards } from "./Cards";
import { Estimate } from "./Estimate";
import { Figure } from "./Figure";
import { Tiles } from "./Tiles";
import type { BehindStep, Chosen } from "./useBehind";

interface Props {
  id: string;
  chosen: Chosen;
  found: BehindStep;
  onChoose: (chosen: Chosen) => void;
  onWho: (chosen: Chosen) => void;
}

/** Everything that is behind a step, what was chosen first. */
export function Told({ id, chosen, found, onChoose, onWho }: Props) {
  const say = useSay();
  const cell = found.cells.find((one) =>
    chosen.step ? one.lane === chosen.lane : one.key === (chosen.binding ?? found.cells[0]?.key),
  );
  const others = found.cells.filter((one) => one !== cell);
  const came =
    found.customers === null || !found.step
      ? null
      : [say("web.maps.customers", { n: found.customers }), found.share].filter(Boolean).join(" · ");
  return (
    <div className={classes.behind}>
      <p className={classes.soft}>
        {[found.stage, came, found.owner, found.period].filter(Boolean).join(" · ")}
      </p>
      <Figure id={id} chosen={chosen} cell={cell} found={found} onWho={onWho} />
      {others.length > 0 && (
        <section>
          <h3>{say(cell ? "web.maps.behind.others" : "web.maps.behind.numbers")}</h3>
          <ul className={classes.rows}>
            {others.map((one) => (
              <li key={one.key}>
                <button
                  type="button"
                  onClick={() =>
                    onChoose(
                      one.lane ? { step: chosen.step, lane: one.lane } : { step: "", binding: one.key },
                    )
                  }
                >
                  <span className={classes.name}>{one.title}</span>
                  <b className={one.worse ? classes.worse : undefined}>{one.shown}</b>
                  <span className={classes.soft}>
                    {[one.interval, one.n ? `n ${whole(one.n)}` : ""].filter(Boolean).join(" · ")}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      {found.tiles.length > 0 && <Tiles tiles={found.tiles} />}
      {found.step && <Estimate id={id} step={found.step} edits={found.edits} />}
      {found.step && <PlanBehind id={id} step={found.step} />}
      {found.step && <MomentHere id={id} step={found.step} />}
      <Expected found={found} />
      {found.step && <Nested id={id} step={found.step} />}
      {found.next.length > 0 && (
        <section>
          <h3>{say("web.maps.behind.next")}</h3>
          <ul className={classes.rows}>
            {found.next.map((one) => (
              <li key={one.step} className={classes.row}>
                <span className={classes.name}>{one.title}</span>
                <b>{one.share}</b>
                {one.time && (
                  <span className={classes.soft}>{say("web.maps.behind.after", { time: one.time })}</span>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
      {found.quotes.length > 0 && (
        <section>
          <h3>{say("web.maps.said")}</h3>
          {found.quotes.map((one) => (
            <blockquote key={one.event} className={classes.quote}>
              {one.text}
              <footer>{one.who}</footer>
            </blockquote>
          ))}
        </section>
      )}
      {found.cards.length > 0 && <Cards id={id} found={found} />}
      {found.notes.length > 0 && (
        <p className={classes.soft}>{found.notes.join(say("web.maps.behind.and"))}</p>
      )}
    </div>
  );
}

/** What was expected of the step, what was found, and how easy it is. */
function Expected({ found }: { found: BehindStep }) {
  const say = useSay();
  const { gap, effort, expectation } = found;
  if (!gap && !effort && !expectation) return null;
  return (
    <section>
      <h3>{say("web.maps.behind.expected")}</h3>
      {expectation && <p>{expectation}</p>}
      {gap && (
        <p>
          <b className={gap.behind ? classes.worse : undefined}>{gap.shown}</b>{" "}
          <span className={classes.soft}>
            {say("web.maps.behind.gap", { perceived: gap.perceived, expected: gap.expected })}
            {" · "}
            {[gap.interval, `n ${whole(gap.n)}`].filter(Boolean).join(" · ")}
          </span>
        </p>
      )}
      {effort && <p className={classes.soft}>{say("web.maps.behind.effort", { value: effort })}</p>}
    </section>
  );
}
