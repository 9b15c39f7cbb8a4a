import { Skeleton } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import type { Answer, Cell } from "@/api/types";
import type { Comparison, Sides, Stretch } from "@/hooks/useComparison";
import { useWorkspace } from "@/hooks/useWorkspace";
import { AnswerView } from "@/parts/AnswerView";
import { days } from "@/parts/pickers/range";
import { useSay } from "@/words/say";
import classes from "./Explore.module.css";
import { Refused } from "./Refused";

interface Props {
  found: UseQueryResult<Comparison>;
  sides: Sides;
  as: string;
  onCell: (answer: Answer, cell: Cell, said: string) => void;
}

/** Two answers to one question; above them, where it can be told, whether they differ by more than chance. */
export function Compared({ found, sides, as, onCell }: Props) {
  const say = useSay();
  const zone = useWorkspace().data?.zone || "UTC";
  if (found.isError) return <Refused error={found.error} retry={() => found.refetch()} />;
  if (found.isPending) return <Skeleton height={420} radius="lg" />;
  const { a, b, tested } = found.data;
  const shown = as === "table" ? "table" : "picture";
  const name = (side: string | Stretch) => {
    if (typeof side === "string") return side;
    const [from, to] = days(side, zone);
    return from || to ? `${from ?? "…"} – ${to ?? "…"}` : say("web.pick.all_time");
  };
  return (
    <div className={classes.compared} aria-busy={found.isFetching}>
      {tested && (
        <section className={`${classes.picture} ${classes.both}`}>
          <AnswerView answer={tested} as={shown} />
        </section>
      )}
      {(
        [
          [a, sides.a],
          [b, sides.b],
        ] as const
      ).map(([answer, side], place) => (
        <section key={place === 0 ? "a" : "b"} className={classes.picture}>
          <h2 className={classes.side}>{name(side)}</h2>
          <AnswerView answer={answer} as={shown} onCell={(cell, said) => onCell(answer, cell, said)} />
        </section>
      ))}
    </div>
  );
}
