import { Loader, SegmentedControl, Skeleton, Slider } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import { type Ref, useMemo, useState } from "react";
import type { Answer, Cell, ChartOption } from "@/api/types";
import { AnswerView } from "@/parts/AnswerView";
import type { ChartHandle } from "@/parts/chart/Chart";
import { whole } from "@/parts/numbers";
import { Problem } from "@/parts/Problem";
import { useSay } from "@/words/say";
import { HEIGHTS } from "./analyses";
import classes from "./Explore.module.css";
import { mainPart, shares, wholeOf } from "./main";

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

/** The answer: the picture redraws in place; while the next one is counted the one before stays. */
export function Picture({ answer, as, views, onShow, onCell, unnoted, ref }: Props) {
  const say = useSay();
  const { data, error, isPending, isPlaceholderData, isFetching } = answer;
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
      </div>
      {error && (
        <div className={classes.problem}>
          <Problem error={error} retry={() => answer.refetch()} />
        </div>
      )}
      {isPending && !error && <Skeleton height={420} m={16} w="auto" />}
      {data && (
        <div className={isPlaceholderData || error ? classes.stale : undefined}>
          {data.kind === "graph" && as === "picture" ? (
            <MainMap answer={data} onCell={onCell} unnoted={unnoted} ref={ref} />
          ) : (
            <AnswerView
              answer={data}
              as={as === "table" ? "table" : "picture"}
              height={HEIGHTS[data.kind]}
              unnoted={unnoted}
              onCell={onCell}
              ref={ref}
            />
          )}
        </div>
      )}
    </section>
  );
}

const USUAL = 0.8;

/** A process map with a slider for how much of all transitions it shows. */
function MainMap({
  answer,
  onCell,
  unnoted,
  ref,
}: Pick<Props, "onCell" | "unnoted" | "ref"> & { answer: Answer }) {
  const say = useSay();
  const [share, setShare] = useState(USUAL);
  const whole = useMemo(() => wholeOf(answer.table), [answer]);
  const drawn = useMemo(() => shares(answer.chart ?? {}, whole), [answer, whole]);
  const [least, most] = [drawn[0] ?? 1, drawn.at(-1) ?? 1];
  const shown = Math.max(least, Math.min(share, most));
  const option = useMemo(
    () => answer.chart && told(mainPart(answer.chart, shown, whole), answer),
    [answer, shown, whole],
  );
  const percent = (of: number) => Math.round(100 * of);
  return (
    <>
      <div className={classes.slider}>
        <span id="main-part">{say("web.explore.main_part", { n: percent(shown) })}</span>
        <Slider
          w={180}
          size="sm"
          min={percent(least)}
          max={Math.max(percent(least) + 1, percent(most))}
          value={percent(shown)}
          onChange={(of) => setShare(of >= percent(most) ? 1 : of / 100)}
          label={null}
          thumbProps={{ "aria-labelledby": "main-part" }}
        />
        <span className={classes.small}>{say("web.explore.backwards")}</span>
      </div>
      <AnswerView
        answer={answer}
        option={option}
        height={HEIGHTS.graph}
        unnoted={unnoted}
        onCell={onCell}
        ref={ref}
      />
    </>
  );
}

/** How much is drawn is said beside the slider. */
function told(option: ChartOption, answer: Answer): ChartOption {
  const { media: _, ...rest } = option;
  return {
    ...rest,
    title: { ...(rest.title as object), subtext: answer.notes.map((note) => note.text).join("\n") },
  };
}
