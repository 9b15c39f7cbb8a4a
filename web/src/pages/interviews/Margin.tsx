import { type ReactNode, type RefObject, useLayoutEffect, useRef, useState } from "react";
import classes from "./Reader.module.css";
import { stacked } from "./stacked";

interface Props {
  label: string;
  text: RefObject<HTMLElement | null>;
  /** The notes in the order of the text, by the ids of their highlights. */
  notes: { id: string; note: ReactNode }[];
  open: string | null;
}

/** The margin: every note beside the words that it belongs to. */
export function Margin({ label, text, notes, open }: Props) {
  const margin = useRef<HTMLUListElement>(null);
  const [tops, setTops] = useState<number[]>([]);
  const [height, setHeight] = useState(0);
  const ids = notes.map(({ id }) => id).join(" ");
  useLayoutEffect(() => {
    const place = () => {
      const [root, list] = [text.current, margin.current];
      if (!root || !list) return;
      const zero = list.getBoundingClientRect().top;
      const items = [...list.children].map((one) => (one as HTMLElement).offsetHeight);
      const order = ids ? ids.split(" ") : [];
      const wanted = order.map((id) => {
        const mark = root.querySelector(`[data-ids~="${id}"]`);
        return mark ? Math.max(mark.getBoundingClientRect().top - zero - 6, 0) : 0;
      });
      const found = stacked(wanted, items, order.indexOf(open ?? ""));
      setTops(found);
      setHeight(Math.max(0, ...found.map((top, at) => top + (items[at] ?? 0))));
    };
    place();
    const watch = new ResizeObserver(place);
    if (text.current) watch.observe(text.current);
    for (const one of margin.current?.children ?? []) watch.observe(one);
    return () => watch.disconnect();
  }, [text, ids, open]);
  return (
    <ul ref={margin} className={classes.margin} aria-label={label} style={{ minHeight: height }}>
      {notes.map(({ id, note }, at) => (
        <li key={id} style={{ transform: `translateY(${tops[at] ?? 0}px)` }}>
          {note}
        </li>
      ))}
    </ul>
  );
}
