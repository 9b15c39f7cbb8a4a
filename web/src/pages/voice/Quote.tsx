import { Link } from "react-router";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { feelingColour } from "@/parts/feelings";
import { useSay } from "@/words/say";
import classes from "./Quote.module.css";
import type { Said } from "./types";

interface Props {
  of: Said;
  /** Opens the time line of who said it. */
  onOpen?: (customer: string) => void;
}

/** What a customer said, the part that is meant in full ink, with the way to where it was said. */
export function Quote({
  of: { text, start, end, message_id, shown, customer, feeling, theme },
  onOpen,
}: Props) {
  const say = useSay();
  const ws = useWorkspaceName();
  const letters = Array.from(text);
  const [from, to] = [start ?? 0, end ?? letters.length];
  const [first, last] = around(from, to, letters.length);
  const where = new URLSearchParams({ where: `message_id = '${message_id?.replaceAll("'", "''")}'` });
  return (
    <blockquote className={classes.quote}>
      {typeof feeling === "number" && <i style={{ background: feelingColour(feeling) }} aria-hidden="true" />}
      {first > 0 && "…"}
      {letters.slice(first, from).join("")}
      <span>{letters.slice(from, Math.min(to, last)).join("")}</span>
      {letters.slice(to, last).join("")}
      {last < letters.length && "…"}
      {message_id ? (
        <Link to={`/w/${encodeURIComponent(ws)}/inbox?${where}`} title={say("web.voice.read_on")}>
          {shown || say("web.voice.read_on")}
        </Link>
      ) : (
        <small>{shown}</small>
      )}
      {customer && onOpen && (
        <button type="button" onClick={() => onOpen(customer)}>
          {say("web.voice.time_line")}
        </button>
      )}
      {theme && <small>{theme}</small>}
    </blockquote>
  );
}

const BEFORE = 60;
const LONGEST = 200;

/** The part of a long text that is shown: what speaks of the theme, with some of what stands around it. */
function around(from: number, to: number, length: number): [number, number] {
  if (length <= LONGEST) return [0, length];
  const first = Math.max(0, Math.min(from - BEFORE, length - LONGEST));
  return [first, Math.min(length, Math.max(first + LONGEST, Math.min(to, first + 2 * LONGEST)))];
}
