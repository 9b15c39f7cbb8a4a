import { ActionIcon, Button, NumberInput, Textarea, TextInput } from "@mantine/core";
import { IconSquareRotated, IconX } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { useSession } from "@/hooks/useSession";
import { Decide } from "@/parts/Decide";
import { decimal } from "@/parts/numbers";
import { useSay } from "@/words/say";
import type { Said } from "../document";
import { newKey } from "../editor/document";
import { useMap } from "../useMaps";
import classes from "./Behind.module.css";
import { useEdit } from "./useBehind";

/** What somebody estimates that customers feel, as the map keeps it. */
interface Guess {
  key: string;
  step: string;
  persona?: string;
  value: number;
  by: string;
  reason: Said | string;
  on?: string;
}

interface Props {
  id: string;
  step: string;
  edits: boolean;
}

/** What people estimate that customers feel at a step: beside the data, with who says so and why. */
export function Estimate({ id, step, edits }: Props) {
  const say = useSay();
  const edit = useEdit(id);
  const [asking, setAsking] = useState(false);
  const all = (useMap(id).data?.document.curve ?? []) as Guess[];
  const here = all.filter((one) => one.step === step);
  const own = here.find((one) => !one.persona);
  if (!edits && here.length === 0) return null;
  return (
    <section>
      <h3>{say("web.maps.estimate.name")}</h3>
      {here.map((one) => (
        <div key={one.key} className={classes.guess}>
          <IconSquareRotated size={14} stroke={1.6} />
          <p>
            <b>{signed(one.value)}</b> {typeof one.reason === "string" ? one.reason : one.reason[say.lang]}
            <span className={classes.soft}>{[one.persona, one.by, one.on].filter(Boolean).join(" · ")}</span>
          </p>
          {edits && (
            <ActionIcon
              variant="subtle"
              color="gray"
              size="xs"
              aria-label={say("web.maps.estimate.remove")}
              onClick={() => edit.mutate({ edit: "remove", part: "curve", keys: [one.key] })}
            >
              <IconX size={12} />
            </ActionIcon>
          )}
        </div>
      ))}
      {edits && !asking && (
        <Button variant="default" size="xs" onClick={() => setAsking(true)}>
          {say(own ? "web.maps.estimate.again" : "web.maps.estimate.do")}
        </Button>
      )}
      {asking && <Form id={id} step={step} own={own} onDone={() => setAsking(false)} />}
    </section>
  );
}

function Form({ id, step, own, onDone }: Omit<Props, "edits"> & { own?: Guess; onDone: () => void }) {
  const say = useSay();
  const edit = useEdit(id);
  const person = useSession().data?.person;
  const [value, setValue] = useState<number | string>(own?.value ?? "");
  const [by, setBy] = useState(person?.name || person?.email || "");
  const [reason, setReason] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const on = new Date().toLocaleDateString("sv-SE"); // the day here, as ISO-8601
    const fields = { value: Number(value), by: by.trim(), reason: reason.trim(), on };
    const made = own
      ? { edit: "change", part: "curve", key: own.key, fields }
      : { edit: "put", part: "curve", made: [{ key: newKey(), step, ...fields }] };
    edit.mutate(made, { onSuccess: onDone });
  };
  const given = typeof value === "number" && by.trim() && reason.trim();
  return (
    <form onSubmit={submit} className={classes.estimate}>
      <NumberInput
        data-autofocus
        label={say("web.maps.estimate.value")}
        description={say("web.maps.estimate.value_about")}
        value={value}
        onChange={setValue}
        min={-2}
        max={2}
        step={0.5}
        decimalScale={1}
      />
      <TextInput
        label={say("web.maps.estimate.by")}
        value={by}
        onChange={(event) => setBy(event.currentTarget.value)}
      />
      <Textarea
        autosize
        minRows={2}
        label={say("web.maps.estimate.reason")}
        description={say("web.maps.estimate.reason_about")}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Decide by={edit} verb={say("web.do.save")} ready={!!given} onCancel={onDone} small />
    </form>
  );
}

function signed(value: number): string {
  return value > 0 ? `+${decimal(value)}` : decimal(value);
}
