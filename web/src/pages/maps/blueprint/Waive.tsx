import { Button, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { Dialog } from "@/parts/Dialog";
import dialog from "@/parts/Dialog.module.css";
import { Problem } from "@/parts/Problem";
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
        {waive.error && <Problem error={waive.error} />}
        <div className={dialog.decide}>
          <Button type="submit" disabled={!reason.trim()} loading={waive.isPending}>
            {title}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
