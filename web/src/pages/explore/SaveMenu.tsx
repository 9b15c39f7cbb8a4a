import { Button, Menu, Modal, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { IconLayoutDashboard } from "@tabler/icons-react";
import { type FormEvent, lazy, Suspense, useState } from "react";
import type { Spec } from "@/api/types";
import { type BoardOf, useBoards, useSaveToBoard } from "@/hooks/useBoards";
import { useRole } from "@/hooks/useRole";
import { allWords } from "@/words";
import { useSay } from "@/words/say";
import classes from "./Explore.module.css";

// What maps say is not said here otherwise: it comes with the item that needs it.
const PutItem = lazy(async () => {
  await allWords();
  return { default: (await import("@/pages/maps/binding/PutItem")).PutItem };
});
const PutInMap = lazy(() => import("@/pages/maps/binding/PutInMap"));

interface Props {
  analysis: string;
  spec: Spec;
  view: "chart" | "table";
  title: string;
  /** It is one of several things to do, and looks so. */
  quiet?: boolean;
}

/** Keeps the question on a board, or has a map ask it. */
export function SaveMenu({ analysis, spec, view, title, quiet = false }: Props) {
  const say = useSay();
  const boards = useBoards();
  const save = useSaveToBoard();
  const [naming, { open, close }] = useDisclosure();
  const [putting, put] = useDisclosure();
  const { may } = useRole();
  const [name, setName] = useState("");
  const keep = (board: BoardOf | null) =>
    save.mutate(
      { board, name: name.trim(), question: { analysis, ...spec }, view },
      {
        onSuccess: (saved) => {
          close();
          notifications.show({ message: say("web.explore.saved", { name: saved.name }) });
        },
        onError: (error) => notifications.show({ message: error.message, color: "red" }),
      },
    );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    keep(null);
  };
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button
            variant={quiet ? "subtle" : undefined}
            size={quiet ? "xs" : undefined}
            leftSection={<IconLayoutDashboard size={14} />}
            loading={save.isPending}
          >
            {say("web.explore.save")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {(boards.data ?? []).map((board) => (
            <Menu.Item key={board.id} onClick={() => keep(board)}>
              {board.name}
            </Menu.Item>
          ))}
          {Boolean(boards.data?.length) && <Menu.Divider />}
          <Menu.Item onClick={open}>{say("web.explore.new_board")}</Menu.Item>
          {may("editor") && (
            <Suspense>
              <Menu.Divider />
              <PutItem onClick={put.open} />
            </Suspense>
          )}
        </Menu.Dropdown>
      </Menu>
      <Modal
        opened={naming}
        onClose={close}
        title={say("web.explore.new_board")}
        closeButtonProps={{ "aria-label": say("web.do.close") }}
      >
        <form onSubmit={submit} className={classes.naming}>
          <p>{title}</p>
          <TextInput
            data-autofocus
            label={say("web.explore.board_name")}
            required
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <div className={classes.decide}>
            <Button type="submit" loading={save.isPending} disabled={!name.trim()}>
              {say("web.explore.save")}
            </Button>
          </div>
        </form>
      </Modal>
      <Suspense>
        {putting && <PutInMap analysis={analysis} spec={spec} title={title} onClose={put.close} />}
      </Suspense>
    </>
  );
}
