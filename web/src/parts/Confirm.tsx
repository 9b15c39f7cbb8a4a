import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useSay } from "@/words/say";
import { Dialog } from "./Dialog";
import classes from "./Dialog.module.css";
import { Problem } from "./Problem";

interface Props {
  opened: boolean;
  onClose: () => void;
  /** A question that can be answered by the button's verb. */
  title: string;
  /** What follows from it. */
  children: ReactNode;
  verb: string;
  onConfirm: () => void;
  /** It removes something for good. */
  grave?: boolean;
  busy?: boolean;
  error?: Error | null;
}

/** Asks before something that cannot be taken back. */
export function Confirm({
  opened,
  onClose,
  title,
  children,
  verb,
  onConfirm,
  grave = true,
  busy,
  error,
}: Props) {
  const say = useSay();
  return (
    <Dialog opened={opened} onClose={onClose} title={title}>
      <div className={classes.form}>
        <div className={classes.about}>{children}</div>
        {error && <Problem error={error} />}
        <div className={classes.decide}>
          <Button variant="default" onClick={onClose}>
            {say("web.do.cancel")}
          </Button>
          <Button className={grave ? classes.grave : undefined} loading={busy} onClick={onConfirm}>
            {verb}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
