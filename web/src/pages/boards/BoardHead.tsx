import { ActionIcon, Button, Loader, Menu, Switch, Tooltip } from "@mantine/core";
import {
  IconCopy,
  IconDots,
  IconMaximize,
  IconMinimize,
  IconPencil,
  IconShare,
  IconTrash,
} from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { useNavigate } from "react-router";
import type { Over, TileAnswer } from "@/hooks/useBoard";
import { type BoardOf, useBoards } from "@/hooks/useBoards";
import { useRole } from "@/hooks/useRole";
import { useWorkspace, useWorkspaceName } from "@/hooks/useWorkspace";
import { BackTo } from "@/parts/BackTo";
import { RangePicker } from "@/parts/pickers/RangePicker";
import { dayOf } from "@/parts/pickers/range";
import { SegmentPicker } from "@/parts/pickers/SavedPickers";
import { useSay } from "@/words/say";
import classes from "./Boards.module.css";
import { RenameBoard } from "./NameBoard";
import { pickedRange, shownRange } from "./over";
import { useCopyBoard } from "./useCopyBoard";
import type { Present } from "./usePresent";
import { useRemoveBoard } from "./useRemoveBoard";

// It comes when it is first called for.
const ShareDialog = lazy(async () => ({ default: (await import("./ShareDialog")).ShareDialog }));

interface Props {
  kept: BoardOf;
  over: Over;
  onOver: (over: Over) => void;
  /** Keeps the range and the segment for everybody; not given where they are those that are kept. */
  onKeepOver?: () => void;
  live: boolean;
  onLive: (on: boolean) => void;
  present: Present;
  answers: TileAnswer[];
  busy: boolean;
}

/** What a board is called, what lies over it, and what can be done with it. */
export function BoardHead({ kept, over, onOver, onKeepOver, live, onLive, present, answers, busy }: Props) {
  const say = useSay();
  const { may } = useRole();
  const workspace = useWorkspace().data;
  const zone = workspace?.zone || "UTC";
  const lastDay = workspace?.last ? dayOf(workspace.last, zone) : null;
  const [sharing, setSharing] = useState(false);
  const ready = may("editor") && answers.length > 0;
  return (
    <header className={classes.head}>
      <div className={classes.title}>
        {!present.on && <BackTo to="boards" label={say("web.boards.all")} />}
        <div>
          <h1>{kept.name}</h1>
          {kept.board.description && <p>{kept.board.description[say.lang]}</p>}
        </div>
        <span
          className={classes.busy}
          role="status"
          aria-label={busy ? say("web.boards.counting") : undefined}
        >
          {busy && <Loader size={12} color="gray" />}
        </span>
      </div>
      <div className={classes.tools}>
        <RangePicker
          value={shownRange(over.range, lastDay, zone)}
          onChange={(range) => onOver({ ...over, range: pickedRange(range, lastDay, zone) })}
        />
        <SegmentPicker
          value={over.segment || null}
          onChange={(segment) => onOver({ ...over, segment: segment ?? "" })}
          placeholder={say("web.boards.everybody")}
          aria-label={say("web.boards.segment")}
        />
        {onKeepOver && (
          <Tooltip label={say("web.boards.keep_over_why")}>
            <Button variant="subtle" onClick={onKeepOver}>
              {say("web.boards.keep_over")}
            </Button>
          </Tooltip>
        )}
        <div className={classes.space} />
        <Switch
          size="xs"
          label={say("web.boards.live")}
          checked={live}
          onChange={(event) => onLive(event.currentTarget.checked)}
        />
        {!present.on && (
          <Tooltip label={say("web.boards.share_role")} disabled={may("editor")}>
            <Button
              variant="default"
              leftSection={<IconShare size={14} />}
              data-disabled={!ready || undefined}
              aria-disabled={!ready}
              onClick={() => ready && setSharing(true)}
            >
              {say("web.boards.share")}
            </Button>
          </Tooltip>
        )}
        <Button
          variant="default"
          leftSection={present.on ? <IconMinimize size={14} /> : <IconMaximize size={14} />}
          onClick={present.on ? present.end : present.begin}
        >
          {say(present.on ? "web.boards.leave" : "web.boards.present")}
        </Button>
        {!present.on && may("analyst") && <HeadMenu kept={kept} />}
      </div>
      <Suspense>
        {sharing && <ShareDialog kept={kept} answers={answers} opened onClose={() => setSharing(false)} />}
      </Suspense>
    </header>
  );
}

function HeadMenu({ kept }: { kept: BoardOf }) {
  const say = useSay();
  const go = useNavigate();
  const ws = useWorkspaceName();
  const all = useBoards().data ?? [kept];
  const copy = useCopyBoard();
  const remove = useRemoveBoard();
  const [naming, setNaming] = useState(false);
  const boards = `/w/${encodeURIComponent(ws)}/boards`;
  const open = (one: BoardOf) => go(`${boards}/${one.id}`);
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={32} aria-label={say("web.do.more_of", { name: kept.name })}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={14} />} onClick={() => setNaming(true)}>
            {say("web.boards.rename")}
          </Menu.Item>
          <Menu.Item leftSection={<IconCopy size={14} />} onClick={() => copy(kept, open, () => open(kept))}>
            {say("web.boards.duplicate")}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconTrash size={14} />}
            onClick={() => remove(kept, all, () => go(boards))}
          >
            {say("web.do.delete")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <RenameBoard kept={kept} opened={naming} onClose={() => setNaming(false)} />
    </>
  );
}
