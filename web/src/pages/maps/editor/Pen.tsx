import { ActionIcon } from "@mantine/core";
import { IconBold, IconItalic, IconLink, IconList } from "@tabler/icons-react";
import {
  type ClipboardEvent,
  type KeyboardEvent,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { useSay } from "@/words/say";
import { Ground, type Spot } from "./drag";
import { listed, toggled } from "./markdown";
import classes from "./Pen.module.css";
import type { Place } from "./places";

export interface Typing {
  text: string;
  /** It becomes a new card, or a new name; none: the one that is there is changed. */
  fresh: boolean;
}

interface Props {
  pen: RefObject<HTMLTextAreaElement | null>;
  scroll: RefObject<HTMLElement | null>;
  at: Place;
  /** Changes whenever the grid may have been laid out anew. */
  drawn: unknown;
  typing: Typing | null;
  /** What the place is, for who hears it. */
  label: string;
  /** Notes are written one after the other: nothing stands between. */
  plain: boolean;
  begin: (text: string) => void;
  type: (text: string) => void;
  /** The key is the pen's own when it returns true. */
  onKey: (event: KeyboardEvent<HTMLTextAreaElement>) => void;
  onClip: (event: ClipboardEvent<HTMLTextAreaElement>) => void;
  finish: () => void;
}

const MOVES = new Set(["Enter", "Tab", "Escape"]);

/**
 * What one writes with. It always has the keys, at the place that is selected: so the first character of any writing
 * system begins a text, and what is copied and pasted arrives here.
 */
export function Pen(props: Props) {
  const { pen, scroll, at, drawn, typing, label, plain, begin, type, onKey, onClip, finish } = props;
  const say = useSay();
  const frame = useRef<HTMLDivElement>(null);
  const on = typing !== null;
  // What is told at each step is not told by the pen's name as well: that changes when it takes the keys or one writes.
  const [called, call] = useState(label);
  useEffect(() => {
    if (on || document.activeElement !== pen.current) call(label);
  }, [on, label, pen]);
  const fresh = typing?.fresh === true;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the place is where the grid was drawn
  useLayoutEffect(() => {
    const [box, area] = [frame.current, scroll.current];
    if (!box || !area) return;
    const spot = spotOf(area, at, fresh);
    box.style.transform = `translate(${spot.left}px, ${spot.top}px)`;
    box.style.width = `${on ? spot.width : 1}px`;
    box.style.setProperty("--least", `${Math.max(28, fresh ? 28 : spot.height)}px`);
  }, [at.row, at.col, at.card, drawn, on, fresh, scroll]);
  const mark = (
    how: (typed: { text: string; start: number; end: number }) => {
      text: string;
      start: number;
      end: number;
    },
  ) => {
    const area = pen.current;
    if (!area) return;
    const made = how({ text: area.value, start: area.selectionStart, end: area.selectionEnd });
    type(made.text);
    requestAnimationFrame(() => area.setSelectionRange(made.start, made.end));
    area.focus();
  };
  const link = ({ text, start, end }: { text: string; start: number; end: number }) => {
    const label = text.slice(start, end) || say("web.maps.edit.link_text");
    const made = `${text.slice(0, start)}[${label}](https://)${text.slice(end)}`;
    const inside = start + label.length + 11;
    return { text: made, start: inside, end: inside };
  };
  const tools = [
    {
      key: "bold",
      icon: <IconBold size={14} />,
      how: () => mark((typed) => toggled(typed, "**")),
      say: "web.maps.edit.bold",
    },
    {
      key: "italic",
      icon: <IconItalic size={14} />,
      how: () => mark((typed) => toggled(typed, "*")),
      say: "web.maps.edit.italic",
    },
    { key: "list", icon: <IconList size={14} />, how: () => mark(listed), say: "web.maps.edit.list" },
    { key: "link", icon: <IconLink size={14} />, how: () => mark(link), say: "web.maps.edit.link" },
  ] as const;
  const inCell = at.row >= 0 && at.col >= 0;
  return (
    <div
      ref={frame}
      className={`${classes.pen} ${on ? classes.on : ""} ${inCell ? "" : classes.above}`}
      data-pen
    >
      {on && inCell && !plain && (
        <div className={classes.tools} role="toolbar" aria-label={say("web.maps.edit.format")}>
          {tools.map((tool) => (
            <ActionIcon
              key={tool.key}
              variant="subtle"
              color="gray"
              size="sm"
              aria-label={say(tool.say)}
              title={say(tool.say)}
              onMouseDown={(event) => event.preventDefault()}
              onClick={tool.how}
            >
              {tool.icon}
            </ActionIcon>
          ))}
        </div>
      )}
      <textarea
        ref={pen}
        rows={1}
        value={typing?.text ?? ""}
        aria-label={called}
        aria-describedby="map-keys"
        spellCheck={on}
        onCompositionStart={() => on || begin("")}
        onChange={(event) => (on ? type(event.currentTarget.value) : begin(event.currentTarget.value))}
        onCopy={(event) => on || onClip(event)}
        onCut={(event) => on || onClip(event)}
        onPaste={(event) => on || onClip(event)}
        onFocus={() => call(label)}
        onBlur={() => on && finish()}
        onKeyDown={(event) => {
          // While an input method composes, its keys are its own.
          if (event.nativeEvent.isComposing || event.key === "Process") return;
          const ctrl = event.ctrlKey || event.metaKey;
          if (on && ctrl && !event.shiftKey && (event.key === "b" || event.key === "i")) {
            event.preventDefault();
            mark((typed) => toggled(typed, event.key === "b" ? "**" : "*"));
          } else if (on && event.key === "Enter" && (event.shiftKey || event.altKey)) {
            event.stopPropagation();
            if (event.altKey) {
              event.preventDefault();
              mark(({ text, start, end }) => ({
                text: `${text.slice(0, start)}\n${text.slice(end)}`,
                start: start + 1,
                end: start + 1,
              }));
            }
          } else if (!on || MOVES.has(event.key)) onKey(event);
          else event.stopPropagation();
        }}
      />
    </div>
  );
}

/** Where the pen lies: over the card or head that is written in, below the cards of a cell for a new one. */
function spotOf(scroll: HTMLElement, at: Place, fresh: boolean): Spot {
  const ground = new Ground(scroll);
  const find = (query: string) => scroll.querySelector(query);
  const row = `[data-row="${at.row}"]`;
  const card = at.card !== null && !fresh ? find(`[data-card="${CSS.escape(at.card)}"]`) : null;
  if (card) return ground.spot(card);
  const cell =
    at.row < 0
      ? find(`${row}[data-col="${at.col}"]`)
      : find(`${row} [data-${at.col < 0 ? "col" : "cell"}="${at.col}"]`);
  if (!cell) return { left: 0, top: 0, width: 1, height: 1 };
  const spot = ground.spot(cell);
  if (at.row < 0 || at.col < 0) return { ...spot, width: Math.min(spot.width, 312) };
  const last = cell.lastElementChild;
  const below = last ? ground.spot(last) : null;
  const top = below ? below.top + below.height + 4 : spot.top + 6;
  return { left: spot.left + 6, top, width: spot.width - 12, height: 28 };
}
