import { Skeleton } from "@mantine/core";
import { type Asking, type Change, useIdentityActions, usePreview } from "@/hooks/useIdentity";
import { Confirm } from "@/parts/Confirm";
import { told } from "@/parts/notice";
import { Problem } from "@/parts/Problem";
import { useSay } from "@/words/say";
import classes from "../Data.module.css";

const SHOWN = 12;
const KINDS = ["joined", "split", "renamed", "handed_over"] as const;

/** What a change of who is who would mean, before it is made. */
export function Looked({ asking, onClose }: { asking: Asking | null; onClose: () => void }) {
  const say = useSay();
  const preview = usePreview(asking);
  const { change } = useIdentityActions();
  const make = () =>
    asking &&
    change.mutate(asking, {
      onSuccess: (made) => {
        told(made.text);
        onClose();
      },
    });
  return (
    <Confirm
      opened={asking !== null}
      onClose={onClose}
      title={say(asking ? `web.data.sure_${asking.what}` : "web.data.sure_join")}
      verb={say(asking ? `web.data.do_${asking.what}` : "web.data.do_join")}
      grave={asking?.what === "unjoin"}
      busy={change.isPending || preview.isPending}
      error={change.error}
      onConfirm={make}
    >
      {preview.isPending && <Skeleton height={72} />}
      {preview.error && <Problem error={preview.error} />}
      {preview.data && <Meaning change={preview.data} />}
    </Confirm>
  );
}

function Meaning({ change }: { change: Change }) {
  const say = useSay();
  const totals = KINDS.filter((kind) => change.totals[kind]);
  return (
    <>
      {totals.length ? (
        totals.map((kind) => (
          <p key={kind}>{say(`web.data.would_${kind}`, { n: change.totals[kind] ?? 0 })}</p>
        ))
      ) : (
        <p>{say("web.data.would_nothing")}</p>
      )}
      <ul>
        {change.changes.slice(0, SHOWN).map((one) => (
          <li key={`${one.change} ${one.kind} ${one.id}`}>{one.text}</li>
        ))}
      </ul>
      {change.notes.map((note) => (
        <p key={note.code} className={classes.faint}>
          {note.text}
        </p>
      ))}
    </>
  );
}
