import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { Tile, Words } from "@/hooks/useBoards";
import { Dialog } from "@/parts/Dialog";
import dialog from "@/parts/Dialog.module.css";
import { useSay } from "@/words/say";
import { worded } from "./worded";

interface Props {
  tile: Tile | null;
  /** What it asks, which it is called without a title of its own. */
  asked: string;
  onClose: () => void;
  onName: (title: Words | null) => void;
}

/** Gives a tile a title; without one it is called as its question reads. */
export function RenameTile({ tile, asked, onClose, onName }: Props) {
  const say = useSay();
  return (
    <Dialog opened={tile !== null} onClose={onClose} title={say("web.boards.rename_tile")}>
      {tile && (
        <Form
          tile={tile}
          asked={asked}
          onName={(title) => {
            onName(title);
            onClose();
          }}
        />
      )}
    </Dialog>
  );
}

function Form({ tile, asked, onName }: { tile: Tile; asked: string; onName: Props["onName"] }) {
  const say = useSay();
  const [title, setTitle] = useState(tile.title?.[say.lang] ?? "");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onName(title.trim() ? worded(tile.title, say.lang, title.trim()) : null);
  };
  return (
    <form className={dialog.form} onSubmit={submit}>
      <TextInput
        data-autofocus
        label={say("web.boards.tile_title")}
        description={say("web.boards.tile_title_why")}
        placeholder={asked}
        maxLength={200}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <div className={dialog.decide}>
        <Button type="submit">{say("web.do.save")}</Button>
      </div>
    </form>
  );
}
