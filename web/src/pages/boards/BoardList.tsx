import { ActionIcon, Button, Menu, Skeleton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconCopy, IconDots, IconGripVertical, IconPencil, IconPlus, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { Link, useNavigate } from "react-router";
import { useBoardActions } from "@/hooks/useBoard";
import { type BoardOf, useBoards } from "@/hooks/useBoards";
import { useRole } from "@/hooks/useRole";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { Empty } from "@/parts/Empty";
import { refused } from "@/parts/notice";
import { Page } from "@/parts/Page";
import { Problem } from "@/parts/Problem";
import { ago } from "@/parts/when";
import { useSay } from "@/words/say";
import classes from "./Boards.module.css";
import { NameBoard, RenameBoard } from "./NameBoard";
import { Thumbnail } from "./Thumbnail";
import { useCopyBoard } from "./useCopyBoard";
import { useOrder } from "./useOrder";
import { useRemoveBoard } from "./useRemoveBoard";

const WAITING = ["a", "b", "c"];

/** Every board, with what it looks like from afar. */
export function BoardList() {
  const say = useSay();
  const go = useNavigate();
  const ws = useWorkspaceName();
  const boards = useBoards();
  const { may } = useRole();
  const { create } = useBoardActions();
  const [naming, { open, close }] = useDisclosure();
  const make = (title: string) =>
    create.mutate(
      { title },
      {
        onSuccess: (made) => go(`/w/${encodeURIComponent(ws)}/boards/${made.id}`),
        onError: refused,
      },
    );
  const button = may("analyst") && (
    <Button leftSection={<IconPlus size={14} />} onClick={open}>
      {say("web.boards.new")}
    </Button>
  );
  return (
    <Page
      title={say("web.shell.boards")}
      about={say("web.boards.about")}
      actions={boards.data?.length ? button : null}
    >
      {boards.isPending && (
        <div className={classes.list}>
          {WAITING.map((one) => (
            <Skeleton key={one} height={170} radius="lg" />
          ))}
        </div>
      )}
      {boards.isError && <Problem error={boards.error} retry={() => boards.refetch()} />}
      {boards.data?.length === 0 && (
        <Empty
          title={say("web.boards.none")}
          why={say(may("analyst") ? "web.boards.none_why" : "web.boards.none_look")}
        >
          {button}
          {may("analyst") && (
            <Button variant="default" component={Link} to={`/w/${encodeURIComponent(ws)}/explore`}>
              {say("web.boards.to_explore")}
            </Button>
          )}
        </Empty>
      )}
      {boards.data && boards.data.length > 0 && <Boards boards={boards.data} editable={may("analyst")} />}
      <NameBoard opened={naming} onClose={close} busy={create.isPending} onName={make} />
    </Page>
  );
}

/** The boards in their order, which whoever may change them sets by hand. */
function Boards({ boards, editable }: { boards: BoardOf[]; editable: boolean }) {
  const say = useSay();
  const { shown, held, grip } = useOrder(boards);
  return (
    <ul className={classes.list}>
      {shown.map((kept, place) => (
        <li
          key={kept.id}
          data-board={kept.id}
          className={`${classes.board} ${held === kept.id ? classes.held : ""}`}
        >
          {editable && shown.length > 1 && (
            <button
              type="button"
              className={classes.grip}
              aria-label={say("web.boards.order", { name: kept.name, place: place + 1, n: shown.length })}
              title={say("web.boards.move_how")}
              {...grip(kept.id)}
            >
              <IconGripVertical size={15} />
            </button>
          )}
          <BoardCard kept={kept} all={boards} editable={editable} />
        </li>
      ))}
    </ul>
  );
}

function BoardCard({ kept, all, editable }: { kept: BoardOf; all: BoardOf[]; editable: boolean }) {
  const say = useSay();
  const ws = useWorkspaceName();
  const n = kept.board.tiles.length;
  return (
    <>
      <Link to={`/w/${encodeURIComponent(ws)}/boards/${kept.id}`} className={classes.open}>
        <Thumbnail tiles={kept.board.tiles} />
        <span className={classes.named}>{kept.name}</span>
        {kept.board.description && <span className={classes.what}>{kept.board.description[say.lang]}</span>}
      </Link>
      <div className={classes.foot}>
        <span>{say("web.boards.tiles", { n })}</span>
        <span>{say("web.boards.changed", { when: ago(kept.updated, say.lang) })}</span>
        {editable && <BoardMenu kept={kept} all={all} />}
      </div>
    </>
  );
}

function BoardMenu({ kept, all }: { kept: BoardOf; all: BoardOf[] }) {
  const say = useSay();
  const copy = useCopyBoard();
  const remove = useRemoveBoard();
  const [naming, setNaming] = useState(false);
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={say("web.do.more_of", { name: kept.name })}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={14} />} onClick={() => setNaming(true)}>
            {say("web.boards.rename")}
          </Menu.Item>
          <Menu.Item leftSection={<IconCopy size={14} />} onClick={() => copy(kept)}>
            {say("web.boards.duplicate")}
          </Menu.Item>
          <Menu.Item leftSection={<IconTrash size={14} />} onClick={() => remove(kept, all)}>
            {say("web.do.delete")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <RenameBoard kept={kept} opened={naming} onClose={() => setNaming(false)} />
    </>
  );
}
