import { CopyButton } from "./CopyButton";
import classes from "./Dialog.module.css";

/** A piece of code that can be copied. */
export function Code({ text, label }: { text: string; label: string }) {
  return (
    <div className={classes.code}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long lines scroll, and must be reached by keys */}
      <section tabIndex={0} aria-label={label}>
        <pre>
          <code>{text}</code>
        </pre>
      </section>
      <CopyButton text={text} />
    </div>
  );
}
