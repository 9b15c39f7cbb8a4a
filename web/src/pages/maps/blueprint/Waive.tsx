import { Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { Decide } from "@/parts/Decide";
import { Dialog } from "@/parts/Dialog";
import dialog from "@/parts/Dialog.module.css";
import { useSay } from "@/words/say";
import { useWaivers } from "./useBlueprint";

interface Props {
  /** The map's id. */
  id: string;
  /** The id of a finding, or the name of a rule. */
  of: string;
  title: string;
  about: string;
  onClose: () => void;
}

/** Asks why a finding is accepted, or a rule switched off: who reads the map later must know. */
export function Waive({ id, of, title, about, onClose }: Props) {
  const say = useSay();
  const { waive } = useWaivers(id);
  const [reason, setReason] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    waive.mutate({ key: of, reason: reason.trim() }, { onSuccess: onClose });
  };
  return (
    <Dialog opened onClose={onClose} title={title}>
      <form className={dialog.form} onSubmit={submit}>
        <p className={dialog.about}>{about}</p>
        <Textarea
          data-autofocus
          autosize
          minRows={2}
          label={say("web.maps.blueprint.reason")}
          description={say("web.maps.blueprint.reason_about")}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Decide by={waive} verb={title} ready={!!reason.trim()} />
      </form>
    </Dialog>
  );
}
