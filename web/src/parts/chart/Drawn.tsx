import type { EChartsType } from "echarts/core";
import {
  type KeyboardEvent,
  useEffect,
  useEffectEvent,
  useId,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
} from "react";
import { useSay } from "@/words/say";
import type { ChartProps } from "./Chart";
import classes from "./Chart.module.css";
import { calm } from "./calm";
import { alike, type Mark, marksOf } from "./cells";
import { echarts } from "./echarts";
import { rowUnder } from "./rowUnder";

const STEPS: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** The picture itself; `Chart` loads it. */
export default function Drawn({ option, height, onCell, whole, title, ref }: ChartProps) {
  const say = useSay();
  const hint = useId();
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(null);
  const drawn = useRef<ChartProps["option"]>(null);
  const marks = useMemo(() => marksOf(option), [option]);
  const [at, setAt] = useState<number | null>(null);
  const open = useEffectEvent((mark: Mark | undefined) => mark && onCell?.(mark.cell, mark.said));
  const found = useEffectEvent(
    (point: [number, number]) => chart.current && rowUnder(chart.current, marks, option, point),
  );
  const chosen = useEffectEvent((event: { seriesIndex?: number; dataIndex?: number; dataType?: string }) =>
    open(
      marks.find(
        (mark) =>
          mark.seriesIndex === event.seriesIndex &&
          mark.dataIndex === event.dataIndex &&
          (mark.dataType === undefined || mark.dataType === event.dataType),
      ),
    ),
  );

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const made = echarts.init(element, null, { renderer: "svg" });
    chart.current = made;
    drawn.current = null;
    made.on("click", (event) =>
      chosen(event as { seriesIndex?: number; dataIndex?: number; dataType?: string }),
    );
    // Beside a short bar its row is meant.
    made.getZr().on("click", (event) => {
      if (!event.target) open(found([event.offsetX, event.offsetY]) ?? undefined);
    });
    const watch = new ResizeObserver(() => {
      made.resize();
      if (drawn.current) made.setOption(calm(drawn.current, made.getWidth(), made.getHeight()));
    });
    watch.observe(element);
    return () => {
      watch.disconnect();
      made.dispose();
      chart.current = null;
    };
  }, []);

  useEffect(() => {
    const made = chart.current;
    if (!made) return;
    made.setOption(calm(option, made.getWidth(), made.getHeight()), {
      notMerge: !alike(drawn.current, option),
    });
    drawn.current = option;
    setAt(null);
  }, [option]);

  useImperativeHandle(ref, () => ({
    picture: async (kind) => {
      const made = chart.current;
      if (!made) return null;
      const { pictureOf } = await import("./picture");
      return pictureOf(kind, whole ?? option, made.getWidth());
    },
  }));

  const point = (place: number | null) => {
    const made = chart.current;
    const mark = place === null ? undefined : marks[place];
    made?.dispatchAction({ type: "downplay" });
    made?.dispatchAction({ type: "hideTip" });
    if (mark) {
      const { seriesIndex, dataIndex, dataType } = mark;
      made?.dispatchAction({ type: "highlight", seriesIndex, dataIndex, dataType });
      if (dataType !== "edge") made?.dispatchAction({ type: "showTip", seriesIndex, dataIndex });
    }
    setAt(place);
  };
  const onKey = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (step && marks.length) {
      event.preventDefault();
      point(at === null ? (step > 0 ? 0 : marks.length - 1) : (at + step + marks.length) % marks.length);
    } else if (event.key === "Enter" && at !== null) {
      event.preventDefault();
      const mark = marks[at];
      if (mark) onCell?.(mark.cell, mark.said);
    } else if (event.key === "Escape") {
      point(null);
    }
  };
  return (
    <div
      className={classes.chart}
      role="application"
      aria-label={title}
      aria-describedby={hint}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: its marks are reached with the arrow keys
      tabIndex={0}
      onKeyDown={onKey}
      onBlur={() => point(null)}
    >
      <span id={hint} className={classes.hidden}>
        {say("web.chart.keys", { n: marks.length })}
      </span>
      <div ref={box} style={{ height }} className={onCell && marks.length ? classes.opens : undefined} />
      <span className={classes.hidden} aria-live="polite">
        {at === null ? "" : marks[at]?.said}
      </span>
    </div>
  );
}
