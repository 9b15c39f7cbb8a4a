import { ActionIcon, Button } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useState } from "react";
import type { Json, Spec } from "@/api/types";
import { useSay } from "@/words/say";
import { listOf, saidOf, withField } from "../spec";
import { type ControlProps, FieldControl } from "./FieldControl";
import classes from "./Form.module.css";

/** A list of things with fields of their own: exclusions, planned steps, hand-offs. */
export function ItemsEditor({ field, value, onChange, by }: ControlProps) {
  const say = useSay();
  const fields = field.item ?? [];
  const first = fields[0]?.name ?? "event";
  const given = listOf(value).map((one) => (typeof one === "string" ? { [first]: one } : (one as Spec)));
  const [open, setOpen] = useState<Spec | null>(null);
  const done = (item: Spec) =>
    fields.every((one) => !one.required || item[one.name] !== undefined) && item[first] !== undefined;
  const items = open ? [...given, open] : given;
  const set = (place: number, item: Spec) => {
    const next = items.map((one, other) => (other === place ? item : one));
    const unfinished = place === given.length && !done(item);
    setOpen(unfinished ? item : open && place < given.length ? open : null);
    if (!unfinished) onChange(next.filter(done) as Json);
  };
  const remove = (place: number) => {
    if (place >= given.length) setOpen(null);
    else onChange(given.filter((_, other) => other !== place) as Json);
  };
  return (
    <div className={classes.items}>
      <div className={classes.label}>{field.title}</div>
      {items.map((item, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: items are only their places
        <div key={place} className={classes.item}>
          <ActionIcon
            className={classes.drop}
            variant="subtle"
            color="gray"
            onClick={() => remove(place)}
            aria-label={say("web.do.remove")}
          >
            <IconX size={14} />
          </ActionIcon>
          {fields.map((one) => (
            <FieldControl
              key={one.name}
              field={one}
              by={by}
              value={saidOf(item, one)}
              onChange={(next) => set(place, withField(item, one, next))}
            />
          ))}
        </div>
      ))}
      {!open && items.length < (field.most ?? 99) && (
        <Button
          variant="subtle"
          size="compact-sm"
          className={classes.add}
          leftSection={<IconPlus size={14} />}
          onClick={() => setOpen({})}
        >
          {say("web.explore.add_named", { name: field.title })}
        </Button>
      )}
    </div>
  );
}
