import type { Finding } from "@/hooks/useSurveys";
import { useSay } from "@/words/say";
import classes from "./Editor.module.css";

/** What is wrong, each with what to do. */
export function Findings({ of }: { of: Finding[] }) {
  const say = useSay();
  if (!of.length) return null;
  return (
    <ul className={classes.findings} aria-label={say("web.surveys.findings_of")}>
      {of.map((one) => (
        <li key={`${one.place} ${one.what}`} data-level={one.level}>
          <span>{one.what}</span>
          <span className={classes.advice}>{one.advice}</span>
        </li>
      ))}
    </ul>
  );
}
