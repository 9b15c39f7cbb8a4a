import classes from "./Face.module.css";
import { hueOf, initials } from "./initials";

/** A person as a small disc with their initials; the colour is theirs wherever they show. */
export function Face({ id, name, small }: { id: string; name: string; small?: boolean }) {
  return (
    <span
      className={`${classes.face} ${classes.hue}`}
      data-hue={hueOf(id)}
      data-small={small || undefined}
      role="img"
      aria-label={name || "?"}
    >
      {initials(name)}
    </span>
  );
}
