import classes from "./Unbroken.module.css";

const DAY = /(\d{4}-\d{2}-\d{2}(?: \d{2}:\d{2})?)/;

/** A text whose days are never torn at the end of a line. */
export function Unbroken({ text }: { text: string }) {
  return text.split(DAY).map((part, place) =>
    place % 2 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text keep their places
      <span key={place} className={classes.whole}>
        {part}
      </span>
    ) : (
      part
    ),
  );
}
