import { Button } from "@mantine/core";
import { Dialog } from "@/parts/Dialog";
import dialog from "@/parts/Dialog.module.css";
import { useSay } from "@/words/say";
import { fits } from "./acts";
import type { Place } from "./places";
import type { Bench } from "./useBench";

export interface Pasting {
  at: Place;
  table: string[][];
}

/** A table has no room: add what it lacks, or fill what is there and leave the rest. */
export function PasteMore({
  bench,
  of,
  onClose,
  onGrow,
}: {
  bench: Bench;
  of: Pasting | null;
  onClose: () => void;
  onGrow: (of: Pasting) => void;
}) {
  const say = useSay();
  if (!of) return null;
  const { steps, lanes, over, edit } = fits(bench.table, of.at, of.table);
  const lacks = [
    steps > 0 && say("web.maps.edit.lack_steps", { n: steps }),
    lanes > 0 && say("web.maps.edit.lack_lanes", { n: lanes }),
  ].filter((one) => one !== false);
  return (
    <Dialog opened onClose={onClose} title={say("web.maps.edit.paste_more")}>
      <div className={dialog.form}>
        <div className={dialog.about}>
          {say("web.maps.edit.paste_about", {
            lacks: lacks.join(say("web.maps.edit.and")),
            over,
          })}
        </div>
        <div className={dialog.decide}>
          <Button
            variant="default"
            onClick={() => {
              bench.edit(edit, say("web.maps.edit.pasted_some", { n: over }));
              onClose();
            }}
          >
            {say("web.maps.edit.paste_fit")}
          </Button>
          <Button data-autofocus onClick={() => onGrow(of)}>
            {say("web.maps.edit.paste_grow")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
