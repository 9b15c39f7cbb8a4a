import { MultiSelect, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useWebhookActions } from "@/hooks/useWebhooks";
import { Decide } from "@/parts/Decide";
import { Dialog } from "@/parts/Dialog";
import dialog from "@/parts/Dialog.module.css";
import { OnceMade } from "@/parts/Once";
import { useSay } from "@/words/say";

const TYPES = ["arrivals.refused", "upload.finished", "segment.changed"];

/** Asks where messages are to go, and which. */
export function AddWebhook({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const say = useSay();
  return (
    <Dialog opened={opened} onClose={onClose} title={say("web.settings.new_webhook")}>
      <Form onDone={onClose} />
    </Dialog>
  );
}

function Form({ onDone }: { onDone: () => void }) {
  const say = useSay();
  const { add } = useWebhookActions();
  const [url, setUrl] = useState("");
  const [types, setTypes] = useState<string[]>([]);
  const [description, setDescription] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate({ url: url.trim(), types, description: description.trim() });
  };
  if (add.data) {
    return <OnceMade secret={add.data.secret} about={say("web.settings.secret_about")} onDone={onDone} />;
  }
  return (
    <form className={dialog.form} onSubmit={submit}>
      <TextInput
        data-autofocus
        required
        type="url"
        label={say("web.settings.url")}
        placeholder="https://"
        value={url}
        onChange={(event) => setUrl(event.currentTarget.value)}
      />
      <MultiSelect
        label={say("web.settings.types")}
        placeholder={types.length ? undefined : say("web.settings.all_types")}
        data={TYPES.map((type) => ({
          value: type,
          label: say.known(`web.settings.type_${type.replace(".", "_")}`, type),
        }))}
        value={types}
        onChange={setTypes}
      />
      <TextInput
        label={say("web.settings.note")}
        maxLength={500}
        value={description}
        onChange={(event) => setDescription(event.currentTarget.value)}
      />
      <Decide by={add} verb={say("web.settings.add_webhook")} ready={!!url.trim()} />
    </form>
  );
}
