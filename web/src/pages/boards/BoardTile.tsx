import { ActionIcon, HoverCard, Menu, Skeleton } from "@mantine/core";
import { useDisclosure, useElementSize, useMediaQuery } from "@mantine/hooks";
import {
  IconChartBar,
  IconDots,
  IconExternalLink,
  IconInfoCircle,
  IconPencil,
  IconTable,
  IconTrash,
} from "@tabler/icons-react";
import { lazy, type ReactNode, Suspense, useMemo } from "react";
import { Link } from "react-router";
import type { AnswerNote, Cell } from "@/api/types";
import type { TileAnswer } from "@/hooks/useBoard";
import type { Tile } from "@/hooks/useBoards";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { askOf } from "@/pages/explore/address";
import { AnswerTable } from "@/parts/AnswerTable";
import { Chart } from "@/parts/chart/Chart";
import { heightFor, leastFor } from "@/parts/chart/heights";
import { inHeight } from "@/parts/chart/low";
import { toldBy, untitled } from "@/parts/chart/title";
import { Notes } from "@/parts/Notes";
import { Stale } from "@/parts/Stale";
import { sentence } from "@/parts/sentence";
import { useSay } from "@/words/say";
import classes from "./Boards.module.css";
import { asking, titleOf } from "./titles";

const PutInMap = lazy(() => import("@/pages/maps/binding/PutInMap"));

interface Props {
  tile: Tile;
  found: TileAnswer | undefined;
  /** What is shown was counted for another range or segment. */
  stale: boolean;
  grip: ReactNode;
  editable: boolean;
  onView: (view: Tile["view"]) => void;
  onRename: () => void;
  onRemove: () => void;
  onCell: (cell: Cell, said: string) => void;
}

/** One question of a board: what it is called, what it asks, what came of it. */
export function BoardTile({ tile, found, stale, grip, onCell, ...menu }: Props) {
  const say = useSay();
  const { ref, height, width } = useElementSize();
  const narrow = useMediaQuery("(max-width: 760px)");
  const answer = found?.answer;
  const chart = tile.view === "chart" ? (answer?.chart ?? null) : null;
  const finding = useMemo(() => toldBy(chart ?? {}).title, [chart]);
  // In one column a picture takes what it needs.
  const least = chart ? leastFor(chart, width) : 0;
  const room = narrow ? undefined : Math.max(least, height - (finding ? FINDING : 0));
  const drawn = useMemo(() => {
    const whole = chart && { ...untitled(chart), backgroundColor: "transparent" };
    return whole && (room ? inHeight(whole, room) : whole);
  }, [chart, room]);
  const title = titleOf(tile, found, say.lang);
  const notes = [...(found?.notes ?? []), ...(answer?.notes ?? [])];
  return (
    <>
      <header className={classes.tilehead}>
        {grip}
        <div className={classes.titled}>
          <h2>{title || <Skeleton height={14} width="60%" mt={4} />}</h2>
          {tile.title && answer && <p>{answer.sentence}</p>}
        </div>
        {notes.length > 0 && <NotesMark notes={notes} />}
        <TileMenu tile={tile} found={found} title={title} {...menu} />
      </header>
      <Stale ref={ref} when={stale} className={classes.body}>
        {!found && <Skeleton height="100%" />}
        {found?.problem && (
          <div className={classes.trouble} role="alert">
            <b>{sentence(found.problem.what)}</b>
            {found.problem.try && <p>{sentence(found.problem.try)}</p>}
          </div>
        )}
        {answer && !answer.total && <p className={classes.nothing}>{say("web.chart.nothing")}</p>}
        {answer && answer.total > 0 && drawn && (
          <>
            {finding && <p className={classes.finding}>{finding}</p>}
            <Chart
              option={drawn}
              title={`${title} ${finding}`}
              height={room ?? heightFor(answer.kind, drawn, true)}
              onCell={onCell}
            />
          </>
        )}
        {answer && answer.total > 0 && !drawn && <AnswerTable answer={answer} onCell={onCell} />}
      </Stale>
    </>
  );
}

/** Its line, and the room below a picture. */
const FINDING = 30;

function NotesMark({ notes }: { notes: AnswerNote[] }) {
  const say = useSay();
  const warns = notes.some((note) => note.level === "warning");
  return (
    <HoverCard width={320} position="bottom-end" shadow="md">
      <HoverCard.Target>
        <button
          type="button"
          className={`${classes.noted} ${warns ? classes.warns : ""}`}
          aria-label={`${say("web.boards.notes", { n: notes.length })} ${notes.map((note) => note.text).join(" ")}`}
        >
          <IconInfoCircle size={15} />
        </button>
      </HoverCard.Target>
      <HoverCard.Dropdown>
        <Notes notes={notes} />
      </HoverCard.Dropdown>
    </HoverCard>
  );
}

function TileMenu({
  tile,
  found,
  title,
  editable,
  onView,
  onRename,
  onRemove,
}: Pick<Props, "tile" | "found" | "editable" | "onView" | "onRename" | "onRemove"> & { title: string }) {
  const say = useSay();
  const ws = useWorkspaceName();
  const { analysis, spec } = asking(tile, found?.answer);
  const other = tile.view === "chart" ? "table" : "chart";
  const [putting, put] = useDisclosure();
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={24}
            aria-label={say("web.do.more_of", { name: title })}
          >
            <IconDots size={15} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            component={Link}
            to={`/w/${encodeURIComponent(ws)}/${askOf(analysis, spec)}`}
            leftSection={<IconExternalLink size={14} />}
          >
            {say("web.boards.to_explore")}
          </Menu.Item>
          <Menu.Item
            leftSection={other === "table" ? <IconTable size={14} /> : <IconChartBar size={14} />}
            onClick={() => onView(other)}
          >
            {say(`web.boards.as_${other}`)}
          </Menu.Item>
          {editable && (
            <>
              <Menu.Item leftSection={<IconExternalLink size={14} />} onClick={put.open}>
                {say("web.maps.put.name")}
              </Menu.Item>
              <Menu.Divider />
              <Menu.Item leftSection={<IconPencil size={14} />} onClick={onRename}>
                {say("web.boards.rename_tile")}
              </Menu.Item>
              <Menu.Item leftSection={<IconTrash size={14} />} onClick={onRemove}>
                {say("web.boards.remove_tile")}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      <Suspense>
        {putting && <PutInMap analysis={analysis} spec={spec} title={title} onClose={put.close} />}
      </Suspense>
    </>
  );
}
