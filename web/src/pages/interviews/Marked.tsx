import { ActionIcon } from "@mantine/core";
import { useHotkeys, useMediaQuery } from "@mantine/hooks";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import { useAddress } from "@/hooks/useAddress";
import { useRole } from "@/hooks/useRole";
import { Chip } from "@/parts/Chip";
import { useSay } from "@/words/say";
import { Bar } from "./Bar";
import { Quoting } from "./Evidence";
import { lengthOf, lettersOf } from "./letters";
import { Margin } from "./Margin";
import { Note } from "./Note";
import { type Block, blocksOf } from "./pieces";
import classes from "./Reader.module.css";
import { Text } from "./Text";
import type { Coding, Colour, Highlight, Interview } from "./types";
import { putAt, useCaret } from "./useCaret";
import { useMarking, useQuotes } from "./useInterviews";
import { usePending } from "./usePending";

/** What is open and what is shown, as the address says. */
function useOpen() {
  const [params, ask] = useAddress();
  return {
    open: params.get("at"),
    code: params.get("code"),
    onOpen: (id: string | null) => ask({ at: id }),
    onCode: (code: string | null) => ask({ code }),
  };
}

/** A text with its highlights: chosen by mouse or keys, marked, coded, and gone through by j and k. */
export function Marked({ text }: { text: Interview }) {
  const say = useSay();
  const { may } = useRole();
  const able = may("analyst");
  const narrow = useMediaQuery("(max-width: 1080px)", false, { getInitialValueInEffect: false });
  const { open, code, onOpen, onCode } = useOpen();
  const [editing, setEditing] = useState(false);
  const [colour, setColour] = useState<Colour>("yellow");
  const frame = useRef<HTMLDivElement>(null);
  const root = useRef<HTMLDivElement>(null);
  const resume = useRef<number | null>(null);
  const letters = useMemo(() => lettersOf(text.text), [text.text]);
  const blocks = useMemo(() => blocksOf(text, letters, lengthOf(text.text)), [text, letters]);
  const known = useQuotes({ interview: text.id }).data?.codes ?? [];
  const { mark } = useMarking(text.id);
  const { pending, take, drop } = usePending(root, frame, letters);
  const { caret, onKey, onFocus, onBlur } = useCaret(root, frame);

  const standing = text.highlights.filter(({ start }) => start !== null);
  const lost = text.highlights.filter(({ start }) => start === null);
  const shown = code ? standing.filter(({ codes }) => codes?.includes(code)) : standing;
  const at = shown.findIndex(({ id }) => id === open);
  const show = (id: string | null) => {
    setEditing(false);
    onOpen(id);
  };
  const step = (by: 1 | -1) => {
    const next = shown[at < 0 && by < 0 ? shown.length - 1 : at + by];
    if (next) show(next.id);
  };
  useHotkeys([
    ["j", () => step(1)],
    ["k", () => step(-1)],
    ["e", () => able && open && setEditing(true)],
    ["Escape", () => (pending ? drop() : show(null))],
  ]);
  useEffect(() => {
    if (open) root.current?.querySelector(`[data-ids~="${open}"]`)?.scrollIntoView({ block: "center" });
  }, [open]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once the mark is drawn, the caret goes on behind it
  useEffect(() => {
    const place = resume.current;
    const block = place === null ? null : blocks.findLast(({ start }) => start <= place);
    const drawn = root.current?.querySelector<HTMLElement>(`[data-start="${block?.start}"]`);
    resume.current = null;
    if (place === null || !block || !drawn) return;
    root.current?.focus({ preventScroll: true });
    putAt(drawn, place - block.start, window.getSelection());
  }, [text.version]);

  const save = (coding: Coding, given = pending) => {
    if (!given) return;
    const { start, end, keys } = given;
    mark.mutate(
      { start, end, quote: letters(start, end), ...coding },
      {
        onSuccess: ({ new_highlight }) => {
          setColour(coding.colour);
          if (keys) resume.current = end;
          else window.getSelection()?.removeAllRanges();
          drop();
          show(new_highlight ?? null);
        },
      },
    );
  };
  const onTextKey = (event: KeyboardEvent) => {
    if (event.target !== root.current) return;
    onKey(event);
    if (event.key === "Enter" && able) {
      event.preventDefault();
      take(true);
    }
    if (event.key === "h" && able && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const given = take(true);
      if (given) save({ codes: [], note: "", colour }, given);
    }
  };
  const noteOf = (one: Highlight, quoted = false) => (
    <Note
      key={one.id}
      mark={one}
      open={one.id === open}
      quoted={quoted}
      quiet={code !== null && !one.codes?.includes(code)}
      known={known}
      onOpen={show}
      editing={editing && one.id === open}
      onEdit={setEditing}
    />
  );
  const under = (block: Block) =>
    standing
      .filter(({ start }) => start !== null && start >= block.start && start < block.end)
      .map((one) => noteOf(one));
  return (
    <>
      <Tools text={text} code={code} onCode={onCode} place={at} of={shown.length} onStep={step} able={able} />
      <div className={classes.both} data-narrow={narrow}>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: what is chosen here is marked by keys too, on the text */}
        <div
          ref={frame}
          className={classes.paper}
          onPointerUp={(event) => {
            if (able && root.current?.contains(event.target as Node)) setTimeout(() => take(false));
          }}
          onKeyDown={onTextKey}
          onFocus={onFocus}
          onBlur={onBlur}
        >
          <Text
            ref={root}
            blocks={blocks}
            letters={letters}
            who={text.who}
            marks={standing}
            open={open}
            code={code}
            onOpen={show}
            under={narrow ? under : undefined}
          />
          {caret && <i className={classes.caret} style={caret} aria-hidden="true" />}
          {pending && (
            <Bar
              pending={pending}
              colour={colour}
              known={known}
              busy={mark.isPending}
              error={mark.error}
              onSave={save}
              onCancel={() => {
                drop();
                root.current?.focus({ preventScroll: true });
              }}
            />
          )}
        </div>
        {!narrow && (
          <Margin
            label={say("web.interviews.highlights")}
            text={root}
            open={open}
            notes={standing.map((one) => ({ id: one.id, note: noteOf(one) }))}
          />
        )}
      </div>
      <Quoting id={text.id} />
      {lost.length > 0 && (
        <section className={classes.lost}>
          <h2>{say("web.interviews.lost")}</h2>
          <p>{say("web.interviews.lost_why")}</p>
          {lost.map((one) => noteOf(one, true))}
        </section>
      )}
    </>
  );
}

interface ToolsProps {
  text: Interview;
  code: string | null;
  onCode: (code: string | null) => void;
  place: number;
  of: number;
  onStep: (by: 1 | -1) => void;
  able: boolean;
}

/** Which code is shown, and the way from one highlight to the next. */
function Tools({ text, code, onCode, place, of, onStep, able }: ToolsProps) {
  const say = useSay();
  const uses = new Map<string, number>();
  for (const one of text.highlights.flatMap(({ codes }) => codes ?? []))
    uses.set(one, (uses.get(one) ?? 0) + 1);
  const codes = [...uses].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
  return (
    <div className={classes.tools}>
      <div className={classes.filter}>
        {codes.map(([name, n]) => (
          <button
            key={name}
            type="button"
            aria-pressed={code === name}
            onClick={() => onCode(code === name ? null : name)}
          >
            <Chip tone={code === name ? "accent" : "plain"}>
              {name} {n}
            </Chip>
          </button>
        ))}
      </div>
      <p id="interview-keys">{say(able ? "web.interviews.keys" : "web.interviews.keys_read")}</p>
      {of > 0 && (
        <div className={classes.steps}>
          <ActionIcon
            variant="subtle"
            color="gray"
            onClick={() => onStep(-1)}
            aria-label={say("web.interviews.previous")}
          >
            <IconChevronLeft size={16} />
          </ActionIcon>
          <span>
            {place < 0
              ? say("web.interviews.of_all", { n: of })
              : say("web.interviews.of", { n: String(place + 1), all: String(of) })}
          </span>
          <ActionIcon
            variant="subtle"
            color="gray"
            onClick={() => onStep(1)}
            aria-label={say("web.interviews.next")}
          >
            <IconChevronRight size={16} />
          </ActionIcon>
        </div>
      )}
    </div>
  );
}
