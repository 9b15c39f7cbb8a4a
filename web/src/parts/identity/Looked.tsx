import { Skeleton } from "@mantine/core";
import { type Asking, type Change, useIdentityActions, usePreview } from "@/hooks/useIdentity";
import { Confirm } from "@/parts/Confirm";
import { refused, told, undoable } from "@/parts/notice";
import { Problem } from "@/parts/Problem";
import { useSay } from "@/words/say";
import classes from "./Looked.module.css";

const SHOWN = 12;
const KINDS = ["joined", "split", "renamed", "handed_over"] as const;

/** What a change of who is who would mean, before it is made; a join that was made can be taken back at once. */
export function Looked({ asking, onClose }: { asking: Asking | null; onClose: () => void }) {
  const say = useSay();
  const preview = usePreview(asking);
  const { change } = useIdentityActions();
  const done = (made: Change) => {
    const back = { what: "unjoin", body: { edges: made.edges } } as const;
    const joins = made.edges.length > 0 && made.action !== "unjoin";
    if (joins) undoable(made.text, say("web.do.undo"), () => change.mutate(back, { onError: refused }));
    else told(made.text);
    onClose();
  };
  return (
    <Confirm
      opened={asking !== null}
      onClose={onClose}
      title={say(asking ? `web.data.sure_${asking.what}` : "web.data.sure_join")}
      verb={say(asking ? `web.data.do_${asking.what}` : "web.data.do_join")}
      grave={asking?.what === "unjoin"}
      busy={change.isPending || preview.isPending}
      error={change.error}
      onConfirm={() => asking && change.mutate(asking, { onSuccess: done })}
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
  const rows = change.changes.slice(0, SHOWN);
  const left = change.changes.length - rows.length;
  return (
    <>
      {totals.length ? (
        totals.map((kind) => (
          <p key={kind}>{say(`web.data.would_${kind}`, { n: change.totals[kind] ?? 0 })}</p>
        ))
      ) : (
        <p>{say("web.data.would_nothing")}</p>
      )}
      {rows.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keys
        <section className={classes.scroll} tabIndex={0} aria-label={say("web.customers.change")}>
          <table className={classes.moved}>
            <thead>
              <tr>
                <th scope="col">{say("web.customers.identifier")}</th>
                <th scope="col">{say("web.customers.change")}</th>
                <th scope="col">{say("web.customers.before")}</th>
                <th scope="col">{say("web.customers.after")}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={`${row.kind} ${row.id} ${row.change}`}>
                  <th scope="row">{row.id}</th>
                  <td>{row.text}</td>
                  <td>{row.before.join(say("values.and")) || "—"}</td>
                  <td>{row.after.join(say("values.and")) || "—"}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {left > 0 && <p className={classes.faint}>{say("web.data.would_more", { n: left })}</p>}
      {change.notes.map((note) => (
        <p key={note.code} className={classes.faint}>
          {note.text}
        </p>
      ))}
    </>
  );
}
