import { Button, Select } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import { useRole } from "@/hooks/useRole";
import { Dialog } from "@/parts/Dialog";
import { refused } from "@/parts/notice";
import { useSay } from "@/words/say";
import classes from "./Feedback.module.css";
import type { Whole } from "./types";
import { usePieceActions, usePieces } from "./useFeedback";

const SHOWN = 80;

/** What says the same: those that were merged into this one, and a way to merge this one into another. */
export function Merged({ piece, onOpen }: { piece: Whole; onOpen: (id: string) => void }) {
  const say = useSay();
  const { may } = useRole();
  const { split } = usePieceActions(piece.id);
  const [merging, { open, close }] = useDisclosure();
  const out = (id: string) => split.mutate(id, { onError: refused });
  if (!may("editor") && !piece.merged.length) return null;
  return (
    <section className={classes.part}>
      {piece.merged.length > 0 && (
        <>
          <h2>{say("web.feedback.merged_title")}</h2>
          <ul className={classes.merged}>
            {piece.merged.map(({ id, words }) => (
              <li key={id}>
                <button type="button" className={classes.plain} onClick={() => onOpen(id)}>
                  {words}
                </button>
                {may("editor") && (
                  <Button variant="subtle" size="compact-xs" onClick={() => out(id)}>
                    {say("web.feedback.split")}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      {may("editor") && !piece.merged_into && (
        <Button variant="default" size="xs" onClick={open}>
          {say("web.feedback.merge")}
        </Button>
      )}
      {may("editor") && piece.merged_into && (
        <Button variant="default" size="xs" loading={split.isPending} onClick={() => out(piece.id)}>
          {say("web.feedback.split")}
        </Button>
      )}
      <Dialog opened={merging} onClose={close} title={say("web.feedback.merge_title")}>
        <Merge piece={piece} onDone={close} onOpen={onOpen} />
      </Dialog>
    </section>
  );
}

function Merge({
  piece,
  onDone,
  onOpen,
}: {
  piece: Whole;
  onDone: () => void;
  onOpen: (id: string) => void;
}) {
  const say = useSay();
  const { merge } = usePieceActions(piece.id);
  const [into, setInto] = useState<string | null>(null);
  const found = usePieces(new URLSearchParams({ door: piece.door }));
  const others = (found.data?.pages ?? []).flatMap((page) => page.pieces).filter(({ id }) => id !== piece.id);
  const titled = (words: string) => (words.length > SHOWN ? `${words.slice(0, SHOWN)}…` : words);
  return (
    <div className={classes.words}>
      <p className={classes.hint}>{say("web.feedback.merge_about")}</p>
      <Select
        searchable
        label={say("web.feedback.merge_choose")}
        value={into}
        onChange={setInto}
        data={others.map(({ id, words, public: shown }) => ({
          value: id,
          label: titled(shown?.title[say.lang] ?? words),
        }))}
      />
      {found.hasNextPage && (
        <Button
          variant="subtle"
          size="xs"
          loading={found.isFetchingNextPage}
          onClick={() => found.fetchNextPage()}
        >
          {say("web.feedback.more")}
        </Button>
      )}
      <div className={classes.doing}>
        <Button
          disabled={!into}
          loading={merge.isPending}
          onClick={() =>
            into &&
            merge.mutate(into, {
              onSuccess: () => {
                onDone();
                onOpen(into);
              },
              onError: refused,
            })
          }
        >
          {say("web.feedback.merge_do")}
        </Button>
      </div>
    </div>
  );
}
