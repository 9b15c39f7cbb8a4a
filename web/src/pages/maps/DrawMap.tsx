import { Button, NativeSelect, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useNavigate } from "react-router";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { Dialog } from "@/parts/Dialog";
import dialog from "@/parts/Dialog.module.css";
import { Problem } from "@/parts/Problem";
import { useSay } from "@/words/say";
import { type MapModel, useMapActions } from "./useMaps";

interface Props {
  opened: boolean;
  onClose: () => void;
  models: MapModel[];
}

/** Draws a map from the data: of which journey, and of whom. */
export function DrawMap({ opened, onClose, models }: Props) {
  const say = useSay();
  return (
    <Dialog opened={opened} onClose={onClose} title={say("web.maps.draw")}>
      <Form models={models} />
    </Dialog>
  );
}

function Form({ models }: { models: MapModel[] }) {
  const say = useSay();
  const ws = useWorkspaceName();
  const go = useNavigate();
  const { draw } = useMapActions();
  const [model, setModel] = useState(models[0]?.key ?? "");
  const [title, setTitle] = useState("");
  const [where, setWhere] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // The first map makes this form go before it is told: so the way on is not the form's own.
    draw
      .mutateAsync({ title: title.trim() || null, model, where: where.trim() || null })
      .then((made) => go(`/w/${encodeURIComponent(ws)}/maps/${made.id}`))
      .catch(() => undefined); // it stands in the form
  };
  return (
    <form className={dialog.form} onSubmit={submit}>
      <NativeSelect
        label={say("web.maps.model")}
        description={say("web.maps.model_about")}
        value={model}
        data={models.map((one) => ({ value: one.key, label: one.title }))}
        onChange={(event) => setModel(event.currentTarget.value)}
      />
      <TextInput
        data-autofocus
        label={say("web.maps.title")}
        placeholder={models.find((one) => one.key === model)?.title}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <TextInput
        label={say("web.maps.whom")}
        description={say("web.maps.whom_about")}
        placeholder="channel = 'store'"
        value={where}
        onChange={(event) => setWhere(event.currentTarget.value)}
      />
      {draw.error && <Problem error={draw.error} />}
      <div className={dialog.decide}>
        <Button type="submit" loading={draw.isPending}>
          {say("web.maps.do_draw")}
        </Button>
      </div>
    </form>
  );
}
