import { useBoardActions } from "@/hooks/useBoard";
import type { BoardOf } from "@/hooks/useBoards";
import { refused, undoable } from "@/parts/notice";
import { useSay } from "@/words/say";

/** Copies a board, and offers to be rid of the copy again, wherever whoever copied it is by then. */
export function useCopyBoard() {
  const say = useSay();
  const { duplicate, remove } = useBoardActions();
  return (kept: BoardOf, after?: (made: BoardOf) => void, undone?: () => void) => {
    const offer = (made: BoardOf) =>
      undoable(say("web.boards.copied", { name: made.name }), say("web.do.undo"), () => {
        undone?.();
        remove.mutateAsync(made.id).catch(refused);
      });
    duplicate.mutateAsync(kept.id, { onSuccess: after }).then(offer, refused);
  };
}
