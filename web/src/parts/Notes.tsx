import type { AnswerNote } from "@/api/types";
import classes from "./Notes.module.css";

/** What is to be known of an answer, a line each; warnings stand out. */
export function Notes({ notes }: { notes: Pick<AnswerNote, "text" | "level">[] }) {
  return (
    <ul className={classes.notes}>
      {notes.map(({ text, level }) => (
        <li key={text} data-level={level}>
          {text}
        </li>
      ))}
    </ul>
  );
}
