import { memo, type ReactNode, type Ref } from "react";
import { useSay } from "@/words/say";
import { clock } from "./clock";
import colours from "./colours.module.css";
import type { Letters } from "./letters";
import { type Block, piecesOf } from "./pieces";
import classes from "./Reader.module.css";
import type { Highlight, Speaker } from "./types";

interface Props {
  ref: Ref<HTMLDivElement>;
  blocks: Block[];
  letters: Letters;
  who: Speaker[];
  marks: Highlight[];
  /** The highlight that is open. */
  open: string | null;
  /** Only what carries this code stands out. */
  code: string | null;
  onOpen: (id: string) => void;
  /** What stands below a block, where there is no margin. */
  under?: (block: Block) => ReactNode;
}

/** The text as it is read: turns with who speaks and when, paragraphs, pages; and what is marked in it. */
export const Text = memo(function Text({
  ref,
  blocks,
  letters,
  who,
  marks,
  open,
  code,
  onOpen,
  under,
}: Props) {
  const say = useSay();
  const asking = new Set(who.filter(({ asks }) => asks).map(({ pseudonym }) => pseudonym));
  const byId = new Map(marks.map((mark) => [mark.id, mark]));
  const spoken = blocks.some(({ speaker, time }) => speaker !== null || time !== null);
  return (
    <div
      ref={ref}
      className={classes.text}
      data-spoken={spoken}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: within it keys move and select, as on paper a pen does
      tabIndex={0}
      role="document"
      aria-label={say("web.interviews.text")}
      aria-describedby="interview-keys"
    >
      {blocks.map((block) => (
        <div key={block.start} className={classes.block} data-asks={asking.has(block.speaker ?? "")}>
          {block.page !== null && (
            <div className={classes.page}>{say("web.interviews.page", { page: String(block.page) })}</div>
          )}
          {spoken && (
            <div className={classes.gutter}>
              {block.speaker && <b>{block.speaker}</b>}
              {block.time !== null && <time>{clock(block.time)}</time>}
            </div>
          )}
          <p data-start={block.start}>
            {piecesOf(block, marks).map(({ start, end, ids }) => {
              const inner = ids.includes(open ?? "") ? open : ids.at(-1);
              const mark = byId.get(inner ?? "");
              if (!mark) return <span key={start}>{letters(start, end)}</span>;
              const quiet = code !== null && !ids.some((id) => byId.get(id)?.codes?.includes(code));
              return (
                // biome-ignore lint/a11y/useKeyWithClickEvents: keys open it by j and k, and in the margin
                <mark
                  key={start}
                  className={colours[mark.colour ?? "yellow"]}
                  data-ids={ids.join(" ")}
                  data-open={ids.includes(open ?? "")}
                  data-several={ids.length > 1}
                  data-quiet={quiet}
                  onClick={() => window.getSelection()?.isCollapsed !== false && onOpen(mark.id)}
                >
                  {letters(start, end)}
                </mark>
              );
            })}
          </p>
          {under?.(block)}
        </div>
      ))}
    </div>
  );
});
