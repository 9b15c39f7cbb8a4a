import { Button } from "@mantine/core";
import type { Of } from "@/api/schemas";
import type { Answer } from "@/api/types";
import type { Model } from "@/hooks/useModel";
import { AnswerTable } from "@/parts/AnswerTable";
import { Card } from "@/parts/Card";
import { whole } from "@/parts/numbers";
import { Problem } from "@/parts/Problem";
import { useSay } from "@/words/say";
import classes from "../Settings.module.css";

interface Props {
  change: { answer: Answer; moves: Of<"MoveOf">[] };
  model: Model;
  saving: boolean;
  error: Error | null;
  onSave: () => void;
}

const SHOWN = 10;

/** What other rules would move: customers by stage before and after, and who goes where. */
export function Moved({ change, model, saving, error, onSave }: Props) {
  const say = useSay();
  const named = (key: string | null) =>
    key === null
      ? say("web.settings.no_stage")
      : (model.stages.find((one) => one.key === key)?.name[say.lang] ?? key);
  const moves = change.moves.filter((one) => one.before !== one.after && one.customers);
  const total = moves.reduce((sum, one) => sum + one.customers, 0);
  return (
    <Card
      title={total ? say("web.settings.would_move", { n: total }) : say("web.settings.would_move_none")}
      aside={
        <Button size="xs" loading={saving} onClick={onSave}>
          {say("web.settings.save_model")}
        </Button>
      }
    >
      <div className={classes.stack} aria-live="polite">
        {error && <Problem error={error} />}
        <AnswerTable answer={change.answer} />
        {moves.length > 0 && (
          <ul className={classes.moves}>
            {moves
              .sort((a, b) => b.customers - a.customers)
              .slice(0, SHOWN)
              .map((one) => (
                <li key={`${one.before} ${one.after}`}>
                  <b>{whole(one.customers)}</b>
                  <span>
                    {named(one.before)} → {named(one.after)}
                  </span>
                </li>
              ))}
          </ul>
        )}
      </div>
    </Card>
  );
}
