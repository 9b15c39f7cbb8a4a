import { Button, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useChangeBoard, useShownBoard } from "@/hooks/useBoard";
import type { BoardOf } from "@/hooks/useBoards";
import { Dialog } from "@/parts/Dialog";
import dialog from "@/parts/Dialog.module.css";
import { refused } from "@/parts/notice";
import { useSay } from "@/words/say";
import { worded } from "./worded";

interface Naming {
  opened: boolean;
  onClose: () => void;
  busy?: boolean;
  onName: (title: string) => void;
}

/** Asks what a new board is to be called. */
export function NameBoard({ opened, onClose, busy, onName }: Naming) {
  const say = useSay();
  const [title, setTitle] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onName(title.trim());
  };
  return (
    <Dialog opened={opened} onClose={onClose} title={say("web.boards.new")}>
      <form className={dialog.form} onSubmit={submit}>
        <TextInput
          data-autofocus
          required
          label={say("web.boards.name")}
          placeholder={say("web.boards.name_like")}
          maxLength={200}
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <div className={dialog.decide}>
          <Button type="submit" loading={busy} disabled={!title.trim()}>
            {say("web.boards.make")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** Changes what a board is called, and what is said of it. */
export function RenameBoard({
  kept,
  opened,
  onClose,
}: {
  kept: BoardOf;
  opened: boolean;
  onClose: () => void;
}) {
  const say = useSay();
  return (
    <Dialog opened={opened} onClose={onClose} title={say("web.boards.rename")}>
      <RenameForm kept={kept} onDone={onClose} />
    </Dialog>
  );
}

function RenameForm({ kept, onDone }: { kept: BoardOf; onDone: () => void }) {
  const say = useSay();
  const change = useRename(kept);
  const { title, description } = kept.board;
  const [name, setName] = useState(title[say.lang]);
  const [what, setWhat] = useState(description?.[say.lang] ?? "");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change(
      worded(title, say.lang, name.trim()),
      what.trim() ? worded(description, say.lang, what.trim()) : null,
    );
    onDone();
  };
  return (
    <form className={dialog.form} onSubmit={submit}>
      <TextInput
        data-autofocus
        required
        label={say("web.boards.name")}
        maxLength={200}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Textarea
        label={say("web.boards.description")}
        autosize
        maxLength={1000}
        value={what}
        onChange={(event) => setWhat(event.currentTarget.value)}
      />
      <div className={dialog.decide}>
        <Button type="submit" disabled={!name.trim()}>
          {say("web.do.save")}
        </Button>
      </div>
    </form>
  );
}

function useRename(kept: BoardOf) {
  const change = useChangeBoard(kept.id);
  const shown = useShownBoard(kept.id);
  return (title: BoardOf["board"]["title"], description: BoardOf["board"]["description"]) => {
    // On its own page changes may be on their way: this one comes behind them, and is not taken for somebody else's.
    const open = shown();
    const own = open && open.version >= kept.version;
    const board = { ...(own ? open : kept).board, title, description };
    change.mutate({ board, over: own ? undefined : kept.version }, { onError: refused });
  };
}
