import { Problem } from "@/parts/Problem";
import { useSay } from "@/words/say";
import { CodingForm } from "./CodingForm";
import classes from "./Reader.module.css";
import type { Code, Coding, Colour } from "./types";

export interface Pending {
  start: number;
  end: number;
  top: number;
  left: number;
  /** It was chosen by keys, which go on in it. */
  keys: boolean;
  range: Range;
}

interface Props {
  pending: Pending;
  colour: Colour;
  known: Code[];
  busy: boolean;
  error: Error | null;
  onSave: (coding: Coding) => void;
  onCancel: () => void;
}

/** The small bar below words that were just chosen: mark them, and say what they are about. */
export function Bar({ pending, colour, known, busy, error, onSave, onCancel }: Props) {
  const say = useSay();
  return (
    <section
      className={classes.bar}
      style={{ top: pending.top, left: pending.left }}
      aria-label={say("web.interviews.mark")}
    >
      <CodingForm
        key={`${pending.start}-${pending.end}`}
        coding={{ codes: [], note: "", colour }}
        known={known}
        verb={say("web.interviews.mark")}
        busy={busy}
        focus={pending.keys}
        onSave={onSave}
        onCancel={onCancel}
      />
      {error && <Problem error={error} />}
    </section>
  );
}
