import { useBoardActions } from "@/hooks/useBoard";
import type { BoardOf } from "@/hooks/useBoards";
import { refused, undoable } from "@/parts/notice";
import { useSay } from "@/words/say";

/** Copies a board, and offers to be rid of the copy again. */
export function useCopyBoard() {
  const say = useSay();
  const { duplicate, remove } = useBoardActions();
  return (kept: BoardOf, after?: (made: BoardOf) => void, undone?: () => void) =>
    duplicate.mutate(kept.id, {
      onError: refused,
      onSuccess: (made) => {
        after?.(made);
        undoable(say("web.boards.copied", { name: made.name }), say("web.do.undo"), () => {
          undone?.();
          remove.mutate(made.id, { onError: refused });
        });
      },
    });
}
