import { useBoardActions } from "@/hooks/useBoard";
import type { BoardOf } from "@/hooks/useBoards";
import { refused, undoable } from "@/parts/notice";
import { useSay } from "@/words/say";

/**
 * Removes a board, and offers to put it back in its place among the others. Both is told also where whoever removed it
 * has gone to another page since, or the board is gone from the list before the answer comes.
 */
export function useRemoveBoard() {
  const say = useSay();
  const { remove, restore } = useBoardActions();
  return (kept: BoardOf, all: BoardOf[], after?: () => void) => {
    const order = all.map((one) => one.id);
    const offer = () =>
      undoable(say("web.boards.deleted", { name: kept.name }), say("web.do.undo"), () =>
        restore.mutateAsync({ board: kept.board, order, id: kept.id }).catch(refused),
      );
    remove.mutateAsync(kept.id, { onSuccess: after }).then(offer, refused);
  };
}
