import { initials } from "./initials";
import classes from "./Together.module.css";

const HUES = 6;

/** A person as a small disc with their initials; the colour is theirs wherever they show. */
export function Face({ id, name, small }: { id: string; name: string; small?: boolean }) {
  const hue = [...id].reduce((sum, one) => sum + one.charCodeAt(0), 0) % HUES;
  return (
    <span
      className={classes.face}
      data-hue={hue}
      data-small={small || undefined}
      role="img"
      aria-label={name || "?"}
    >
      {initials(name)}
    </span>
  );
}
