import { Button } from "@mantine/core";
import { useSay } from "@/words/say";
import { CopyButton } from "./CopyButton";
import classes from "./Dialog.module.css";

/** A secret that is shown this once: with what to do with it, and a way to take it along. */
export function Once({ secret, about }: { secret: string; about: string }) {
  const say = useSay();
  return (
    <div className={classes.once} role="status">
      <p>{about}</p>
      <div className={classes.secret}>
        <code>{secret}</code>
        <CopyButton text={secret} />
      </div>
      <p>{say("web.parts.once")}</p>
    </div>
  );
}

/** What a dialog shows once it has made something with a secret. */
export function OnceMade({ onDone, ...shown }: { secret: string; about: string; onDone: () => void }) {
  const say = useSay();
  return (
    <div className={classes.form}>
      <Once {...shown} />
      <div className={classes.decide}>
        <Button onClick={onDone}>{say("web.do.close")}</Button>
      </div>
    </div>
  );
}
