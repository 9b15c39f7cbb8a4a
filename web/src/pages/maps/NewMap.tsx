import { Button, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useNavigate } from "react-router";
import { of, send } from "@/api/http";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { Decide } from "@/parts/Decide";
import { Dialog } from "@/parts/Dialog";
import dialog from "@/parts/Dialog.module.css";
import { useSay } from "@/words/say";
import type { MapOf } from "./useMaps";

/** Begins a map with nothing in it: it needs no data. */
export function NewMap() {
  const say = useSay();
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <Button variant="default" leftSection={<IconPlus size={14} />} onClick={open}>
        {say("web.maps.new")}
      </Button>
      <Dialog opened={opened} onClose={close} title={say("web.maps.new")}>
        <Form />
      </Dialog>
    </>
  );
}

function Form() {
  const say = useSay();
  const ws = useWorkspaceName();
  const go = useNavigate();
  const client = useQueryClient();
  const [title, setTitle] = useState("");
  const begin = useMutation({
    mutationFn: () => send<MapOf>("POST", of(ws, "maps", "new"), { title: title.trim() }, { lang: say.lang }),
    onSuccess: (made) => {
      client.invalidateQueries({ queryKey: ["maps", ws] });
      go(`/w/${encodeURIComponent(ws)}/maps/${made.id}/edit`);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    begin.mutate();
  };
  return (
    <form className={dialog.form} onSubmit={submit}>
      <TextInput
        data-autofocus
        label={say("web.maps.title")}
        description={say("web.maps.new_about")}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <Decide by={begin} verb={say("web.maps.new_do")} ready={!!title.trim()} />
    </form>
  );
}
