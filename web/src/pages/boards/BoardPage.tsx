import { Button, Skeleton } from "@mantine/core";
import { lazy, Suspense, useMemo, useRef, useState } from "react";
import { Link, useParams, useSearchParams } from "react-router";
import {
  newestOf,
  type Over,
  useBoard,
  useBoardAnswers,
  useChangeBoard,
  useShownBoard,
} from "@/hooks/useBoard";
import type { Board, BoardOf, Tile } from "@/hooks/useBoards";
import type { Behind } from "@/hooks/useCellCustomers";
import { useNewest } from "@/hooks/useNewest";
import { useRole } from "@/hooks/useRole";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { Empty } from "@/parts/Empty";
import { refused, undoable } from "@/parts/notice";
import { Page } from "@/parts/Page";
import { Problem } from "@/parts/Problem";
import { useSay } from "@/words/say";
import { BoardHead } from "./BoardHead";
import classes from "./Boards.module.css";
import { BoardTile } from "./BoardTile";
import { Changed } from "./Changed";
import { Grid } from "./Grid";
import { putBack } from "./layout";
import { asked, overOf } from "./over";
import { RenameTile } from "./RenameTile";
import { asking, titleOf } from "./titles";
import { usePresent } from "./usePresent";

const CustomerDrawer = lazy(async () => ({
  default: (await import("@/parts/CustomerDrawer")).CustomerDrawer,
}));

/** One board: its tiles, and what lies over all of them. */
export function BoardPage() {
  const say = useSay();
  const ws = useWorkspaceName();
  const { id = "" } = useParams();
  const board = useBoard(id);
  if (board.isError) {
    return (
      <Page title={say("web.shell.boards")}>
        <Problem error={board.error} retry={() => board.refetch()} />
        <Button component={Link} to={`/w/${encodeURIComponent(ws)}/boards`} variant="default" mt={12}>
          {say("web.boards.all")}
        </Button>
      </Page>
    );
  }
  if (board.isPending) {
    return (
      <Page title={say("web.shell.boards")}>
        <Skeleton height={420} radius="lg" />
      </Page>
    );
  }
  return <Shown kept={board.data} reload={() => board.refetch()} />;
}

function Shown({ kept, reload }: { kept: BoardOf; reload: () => void }) {
  const say = useSay();
  const { may } = useRole();
  const { board } = kept;
  const [address, setAddress] = useSearchParams();
  const over = useMemo(() => overOf(board, address), [board, address]);
  const live = address.has("live");
  const newest = useNewest(live);
  const answers = useBoardAnswers(kept, over, newest);
  const change = useChangeBoard(kept.id);
  const shown = useShownBoard(kept.id);
  const page = useRef<HTMLDivElement>(null);
  const present = usePresent(page);
  const [behind, setBehind] = useState<(Behind & { said: string }) | null>(null);
  const [renaming, setRenaming] = useState<Tile | null>(null);
  const editable = may("analyst") && !present.on;

  const keep = (changed: Partial<Board>) =>
    change.mutate(
      { board: { ...board, ...changed } },
      { onError: (error) => newestOf(error) === null && refused(error) },
    );
  const keepTile = (id: string, changed: Partial<Tile>) =>
    keep({ tiles: board.tiles.map((tile) => (tile.id === id ? { ...tile, ...changed } : tile)) });
  const show = (parts: Record<string, string | null>) =>
    setAddress(
      (before) => {
        const next = new URLSearchParams(before);
        for (const [name, value] of Object.entries(parts))
          value === null ? next.delete(name) : next.set(name, value);
        return next;
      },
      { replace: true },
    );
  const lay = (next: Over) => show(asked(board, next));
  const remove = (tile: Tile) => {
    keep({ tiles: board.tiles.filter((one) => one.id !== tile.id) });
    undoable(say("web.boards.tile_removed"), say("web.do.undo"), () => {
      const now = shown()?.board ?? board;
      change.mutate(
        { board: { ...now, tiles: putBack(now.tiles, tile, board.tiles.indexOf(tile)) } },
        { onError: refused },
      );
    });
  };
  const found = new Map(answers.data?.tiles.map((one) => [one.id, one]));
  const answerOf = (tile: Tile) => found.get(tile.id)?.answer;
  const newestVersion = newestOf(change.error);

  return (
    <Page title={kept.name} bare>
      <div ref={page} className={`${classes.page} ${present.on ? classes.presenting : ""}`}>
        <BoardHead
          kept={kept}
          over={over}
          onOver={lay}
          onKeepOver={
            editable && JSON.stringify(asked(board, over)) !== NOTHING
              ? () => {
                  keep({ range: over.range, segment: over.segment || null });
                  show({ since: null, until: null, last: null, segment: null });
                }
              : undefined
          }
          live={live}
          onLive={(on) => show({ live: on ? "1" : null })}
          present={present}
          answers={answers.data?.tiles ?? []}
          busy={answers.isFetching}
        />
        {newestVersion !== null && (
          <Changed
            onReload={() => {
              change.reset();
              reload();
            }}
            onOverwrite={() => change.mutate({ board, over: newestVersion })}
          />
        )}
        {answers.error && <Problem error={answers.error} retry={() => answers.refetch()} />}
        {board.tiles.length === 0 ? (
          <NoTiles editable={editable} />
        ) : (
          <Grid
            tiles={board.tiles}
            onArrange={editable ? (tiles) => keep({ tiles }) : undefined}
            nameOf={(tile) => titleOf(tile, found.get(tile.id), say.lang)}
          >
            {(tile, grip) => (
              <BoardTile
                tile={tile}
                found={found.get(tile.id)}
                stale={answers.isPlaceholderData && !live}
                grip={grip}
                editable={editable}
                onView={(view) => keepTile(tile.id, { view })}
                onRename={() => setRenaming(tile)}
                onRemove={() => remove(tile)}
                onCell={(cell, said) => {
                  const token = answers.data?.token ?? "";
                  setBehind({ ...asking(tile, answerOf(tile)), cell, token, said });
                }}
              />
            )}
          </Grid>
        )}
      </div>
      <Suspense>
        {behind && <CustomerDrawer behind={behind} title={behind.said} onClose={() => setBehind(null)} />}
      </Suspense>
      <RenameTile
        tile={renaming}
        asked={renaming ? (answerOf(renaming)?.sentence ?? "") : ""}
        onClose={() => setRenaming(null)}
        onName={(title) => renaming && keepTile(renaming.id, { title })}
      />
    </Page>
  );
}

const NOTHING = JSON.stringify({ since: null, until: null, last: null, segment: null });

function NoTiles({ editable }: { editable: boolean }) {
  const say = useSay();
  const ws = useWorkspaceName();
  return (
    <Empty
      title={say("web.boards.no_tiles")}
      why={say(editable ? "web.boards.no_tiles_why" : "web.boards.none_look")}
    >
      {editable && (
        <Button component={Link} to={`/w/${encodeURIComponent(ws)}/explore`}>
          {say("web.boards.to_explore")}
        </Button>
      )}
    </Empty>
  );
}
