import { Button } from "@mantine/core";
import { useSay } from "@/words/say";
import classes from "./Dialog.module.css";
import { Problem } from "./Problem";

interface Props {
  /** What sends the form. */
  by: { error: Error | null; isPending: boolean };
  verb: string;
  /** Whether all is there that it needs. */
  ready?: boolean;
  onCancel?: () => void;
  /** It stands within a panel. */
  small?: boolean;
}

/** How a form ends: with what went wrong, the button that sends it, and one that gives it up. */
export function Decide({ by, verb, ready = true, onCancel, small = false }: Props) {
  const say = useSay();
  const size = small ? "xs" : undefined;
  const leave = onCancel && (
    <Button variant={small ? "subtle" : "default"} size={size} onClick={onCancel}>
      {say("web.do.cancel")}
    </Button>
  );
  return (
    <>
      {by.error && <Problem error={by.error} />}
      <div className={classes.decide} data-small={small || undefined}>
        {!small && leave}
        <Button type="submit" size={size} disabled={!ready} loading={by.isPending}>
          {verb}
        </Button>
        {small && leave}
      </div>
    </>
  );
}
