import { Button, NativeSelect, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { Dialog } from "@/parts/Dialog";
import dialog from "@/parts/Dialog.module.css";
import { useSay } from "@/words/say";
import { newKey, rewritten } from "./document";
import type { Bench } from "./useBench";

export interface Splitting {
  part: "stages" | "steps";
  key: string;
}

/** Asks into what a step is split, or from which step on a stage is to be another. */
export function Split({ bench, of, onClose }: { bench: Bench; of: Splitting | null; onClose: () => void }) {
  const say = useSay();
  return (
    <Dialog
      opened={of !== null}
      onClose={onClose}
      title={say(of?.part === "stages" ? "web.maps.edit.split_stage" : "web.maps.edit.split_step")}
    >
      {of?.part === "steps" && <Step bench={bench} step={of.key} onClose={onClose} />}
      {of?.part === "stages" && <Stage bench={bench} stage={of.key} onClose={onClose} />}
    </Dialog>
  );
}

function Step({ bench, step, onClose }: { bench: Bench; step: string; onClose: () => void }) {
  const say = useSay();
  const own = bench.map.steps.find((one) => one.key === step);
  const [names, setNames] = useState([own?.name[say.lang] ?? "", ""]);
  const ready = names.filter((name) => name.trim()).length > 1;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const parts = names
      .filter((name) => name.trim())
      .map((name, place) =>
        place === 0
          ? { key: step, name: rewritten(own?.name, say.lang, name) }
          : { key: newKey(), name: rewritten(undefined, say.lang, name) },
      );
    bench.edit({ edit: "split_step", step, parts }, say("web.maps.edit.splitted", { n: parts.length }));
    onClose();
  };
  return (
    <form className={dialog.form} onSubmit={submit}>
      <div className={dialog.about}>{say("web.maps.edit.split_step_about")}</div>
      {names.map((name, place) => (
        <TextInput
          // biome-ignore lint/suspicious/noArrayIndexKey: a part has no other name than its place
          key={place}
          data-autofocus={place === 1 ? true : undefined}
          label={say("web.maps.edit.part", { number: place + 1 })}
          value={name}
          onChange={(event) => {
            const { value } = event.currentTarget;
            setNames((all) => all.map((one, at) => (at === place ? value : one)));
          }}
        />
      ))}
      <div className={dialog.decide}>
        <Button variant="default" onClick={() => setNames((all) => [...all, ""])}>
          {say("web.maps.edit.part_more")}
        </Button>
        <Button type="submit" disabled={!ready}>
          {say("web.maps.edit.split_do")}
        </Button>
      </div>
    </form>
  );
}

function Stage({ bench, stage, onClose }: { bench: Bench; stage: string; onClose: () => void }) {
  const say = useSay();
  const steps = bench.map.steps.filter((one) => one.stage === stage).slice(1);
  const [at, setAt] = useState(steps[0]?.key ?? "");
  const [name, setName] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const part = { key: newKey(), name: rewritten(undefined, say.lang, name) };
    bench.edit({ edit: "split_stage", stage, at, part }, say("web.maps.edit.splitted", { n: 2 }));
    onClose();
  };
  return (
    <form className={dialog.form} onSubmit={submit}>
      <NativeSelect
        label={say("web.maps.edit.split_at")}
        value={at}
        data={steps.map((one) => ({ value: one.key, label: one.name[say.lang] }))}
        onChange={(event) => setAt(event.currentTarget.value)}
      />
      <TextInput
        data-autofocus
        label={say("web.maps.edit.stage_name")}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <div className={dialog.decide}>
        <Button type="submit" disabled={!name.trim()}>
          {say("web.maps.edit.split_do")}
        </Button>
      </div>
    </form>
  );
}
