import { Button, Skeleton } from "@mantine/core";
import { Dialog } from "@/parts/Dialog";
import { Problem } from "@/parts/Problem";
import { useSay } from "@/words/say";
import classes from "./Customers.module.css";
import type { Identity } from "./types";
import { useUndo, useUndoPreview } from "./useCustomers";

interface Props {
  customer: string;
  /** Whose join is to be taken back; null when nothing is asked. */
  identity: Identity | null;
  onClose: () => void;
}

/** What taking a join back would mean, and only then the button that does it. */
export function Undo({ customer, identity, onClose }: Props) {
  const say = useSay();
  const edge = identity?.edge ?? null;
  const preview = useUndoPreview(customer, edge);
  const undo = useUndo(customer);
  const close = () => {
    undo.reset();
    onClose();
  };
  return (
    <Dialog
      opened={identity !== null}
      onClose={close}
      size="lg"
      title={say("web.customers.undo_title", { id: identity?.id ?? "" })}
    >
      {preview.isPending && <Skeleton height={120} />}
      {preview.isError && <Problem error={preview.error} />}
      {preview.data && (
        <>
          <p>{preview.data.text.split("\n")[0]}</p>
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
              {preview.data.rows.map((row) => (
                <tr key={`${row.kind} ${row.id} ${row.change}`}>
                  <th scope="row">{row.id}</th>
                  <td>{row.text}</td>
                  <td>{row.before.join(say("values.and")) || "—"}</td>
                  <td>{row.after.join(say("values.and")) || "—"}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {preview.data.notes.map((note) => (
            <p key={note} className={classes.note}>
              {note}
            </p>
          ))}
        </>
      )}
      {undo.isError && <Problem error={undo.error} />}
      <div className={classes.decide}>
        <Button variant="default" onClick={close}>
          {say("web.customers.keep")}
        </Button>
        <Button
          disabled={!preview.data || edge === null}
          loading={undo.isPending}
          onClick={() => edge !== null && undo.mutate(edge, { onSuccess: close })}
        >
          {say("web.customers.undo_now")}
        </Button>
      </div>
    </Dialog>
  );
}
