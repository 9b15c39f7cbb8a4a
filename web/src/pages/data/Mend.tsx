import { ActionIcon, Button, Select } from "@mantine/core";
import { IconArrowLeft, IconPlus, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import type { Of } from "@/api/schemas";
import { useQuarantineActions } from "@/hooks/useQuarantine";
import { Dialog } from "@/parts/Dialog";
import dialog from "@/parts/Dialog.module.css";
import { Problem } from "@/parts/Problem";
import { useSay } from "@/words/say";
import classes from "./Data.module.css";
import { columnsOf, FIELDS, mappingOf } from "./mending";

interface Props {
  /** Some of the rows, whose columns can be chosen. */
  rows: Of<"RowOf">[];
  opened: boolean;
  onClose: () => void;
}

/** Reads the rows again: as they came, or with other columns for some fields. */
export function Mend({ rows, opened, onClose }: Props) {
  const say = useSay();
  return (
    <Dialog opened={opened} onClose={onClose} title={say("web.data.mend")} size={560}>
      <Mending rows={rows} onClose={onClose} />
    </Dialog>
  );
}

function Mending({ rows, onClose }: Pick<Props, "rows" | "onClose">) {
  const say = useSay();
  const { mend } = useQuarantineActions();
  const [pairs, setPairs] = useState<[string | null, string | null][]>([]);
  const columns = columnsOf(rows);
  const set = (place: number, pair: [string | null, string | null]) =>
    setPairs(pairs.map((one, at) => (at === place ? pair : one)));
  if (mend.data) {
    return (
      <div className={dialog.form} role="status">
        <p>{mend.data.text}</p>
        <div className={dialog.decide}>
          <Button onClick={onClose}>{say("web.do.close")}</Button>
        </div>
      </div>
    );
  }
  return (
    <div className={dialog.form}>
      <p className={dialog.about}>{say("web.data.mend_about")}</p>
      <div className={classes.fields}>
        {pairs.map(([field, column], place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: pairs have no name until they are filled in
          <div key={place} className={classes.field}>
            <Select
              label={say("web.data.field")}
              searchable
              data={FIELDS}
              value={field}
              onChange={(next) => set(place, [next, column])}
            />
            <Select
              label={say("web.data.from_column")}
              leftSection={<IconArrowLeft size={13} />}
              searchable
              data={columns}
              value={column}
              onChange={(next) => set(place, [field, next])}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              size={32}
              aria-label={say("web.do.remove_named", { name: field ?? "" })}
              onClick={() => setPairs(pairs.filter((_, at) => at !== place))}
            >
              <IconTrash size={15} />
            </ActionIcon>
          </div>
        ))}
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={13} />}
          style={{ justifySelf: "start" }}
          onClick={() => setPairs([...pairs, [null, null]])}
        >
          {say("web.data.other_column")}
        </Button>
      </div>
      {mend.error && <Problem error={mend.error} />}
      <div className={dialog.decide}>
        <Button variant="default" onClick={onClose}>
          {say("web.do.cancel")}
        </Button>
        <Button loading={mend.isPending} onClick={() => mend.mutate(mappingOf(pairs, columns))}>
          {say("web.data.mend_do")}
        </Button>
      </div>
    </div>
  );
}
