import classes from "./Personas.module.css";

/** What stands in the place of a picture: initials on the persona's colour. */
export function Face({
  initials,
  color,
  large = false,
}: {
  initials: string;
  color: number;
  large?: boolean;
}) {
  return (
    <span className={`${classes.face} ${large ? classes.large : ""}`} data-color={color} aria-hidden="true">
      {initials}
    </span>
  );
}
