import { Loader, SegmentedControl, Skeleton } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import { lazy, type Ref, Suspense, useMemo } from "react";
import type { Answer, Cell } from "@/api/types";
import { useAnnotations } from "@/hooks/useAnnotations";
import { AnswerView } from "@/parts/AnswerView";
import { annotated, timed } from "@/parts/chart/annotated";
import type { ChartHandle } from "@/parts/chart/Chart";
import { whole } from "@/parts/numbers";
import { Stale } from "@/parts/Stale";
import { useDark } from "@/theme/useDark";
import { useSay } from "@/words/say";
import classes from "./Explore.module.css";
import { Refused } from "./Refused";

interface Props {
  answer: UseQueryResult<Answer>;
  as: string;
  views: string[];
  onShow: (how: string) => void;
  onCell: (cell: Cell, said: string) => void;
  /** The notes stand beside the picture. */
  unnoted: boolean;
  ref: Ref<ChartHandle>;
}

const AnnotateButton = lazy(async () => ({ default: (await import("./AnnotateButton")).AnnotateButton }));
const ClusterCards = lazy(() => import("./ClusterCards"));
const MainMap = lazy(() => import("./MainMap"));

/** Of `--faint`, which a picture cannot read. */
const FAINT = { light: "#667080", dark: "#919cab" };

/** The answer: the picture redraws in place; while the next one is counted the one before stays. */
export function Picture({ answer, as, views, onShow, onCell, unnoted, ref }: Props) {
  const say = useSay();
  const dark = useDark();
  const { data, error, isPending, isPlaceholderData, isFetching } = answer;
  const marks = useAnnotations().data;
  const marked = useMemo(
    () => data?.chart && annotated(data.chart, marks ?? [], FAINT[dark ? "dark" : "light"]),
    [data, marks, dark],
  );
  return (
    <section className={classes.picture} aria-busy={isFetching}>
      <div className={classes.tools}>
        <SegmentedControl
          value={as}
          onChange={onShow}
          data={views.map((view) => ({ value: view, label: say.known(`web.explore.view_${view}`, view) }))}
          aria-label={say("web.explore.shown_as")}
        />
        <span className={classes.took} role="status">
          {isFetching ? (
            <Loader size={12} color="gray" />
          ) : (
            data && !error && say("web.explore.took", { ms: whole(Math.max(1, data.took_ms)) })
          )}
        </span>
        {timed(data?.chart ?? null) && as === "picture" && (
          <span className={classes.flag}>
            <Suspense>
              <AnnotateButton />
            </Suspense>
          </span>
        )}
      </div>
      {error && (
        <div className={classes.problem}>
          <Refused error={error} retry={() => answer.refetch()} />
        </div>
      )}
      {isPending && !error && <Skeleton height={420} m={16} w="auto" />}
      {data && (
        <Stale when={isPlaceholderData || error !== null} busy={isPlaceholderData}>
          {as === "cards" && data.total > 0 ? (
            <Suspense fallback={<Skeleton height={320} m={16} w="auto" />}>
              <ClusterCards answer={data} onCell={onCell} />
            </Suspense>
          ) : data.kind === "graph" && as === "picture" ? (
            <Suspense fallback={<Skeleton height={620} m={16} w="auto" />}>
              <MainMap answer={data} onCell={onCell} unnoted={unnoted} ref={ref} />
            </Suspense>
          ) : (
            <AnswerView
              answer={data}
              option={marked}
              as={as === "table" ? "table" : "picture"}
              unnoted={unnoted}
              onCell={onCell}
              ref={ref}
            />
          )}
        </Stale>
      )}
    </section>
  );
}
