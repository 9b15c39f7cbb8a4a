import { useSay } from "@/words/say";
import classes from "./Behind.module.css";
import type { BehindStep } from "./useBehind";

/** What people wrote at a step, and what each of it rests on. */
export function Cards({ found }: { id: string; found: BehindStep }) {
  const say = useSay();
  return (
    <section>
      <h3>{say("web.maps.behind.cards")}</h3>
      {found.cards.map((card) => (
        <div key={card.key} className={classes.card} data-assumed={card.assumed}>
          <header>
            <span>{card.lane_title}</span>
            <span>{card.assumed ? say("web.maps.behind.assumption") : card.owner}</span>
          </header>
          {card.text}
        </div>
      ))}
    </section>
  );
}
