import { useMemo } from "react";
import { useSay } from "@/words/say";
import { useMapAnswers } from "../useMaps";
import { byLane } from "./answered";
import { placeLabel } from "./naming";
import { box, type Place, type Table } from "./places";
import type { Bench } from "./useBench";

/** What a place of the grid is, and what stands and is counted there, for who hears it. */
export function usePlaceLabel({ id, now, announce }: Bench) {
  const say = useSay();
  const answers = useMapAnswers(id).data;
  const figures = useMemo(() => byLane(answers), [answers]);
  const label = (table: Table, at: Place) => {
    const step = table.columns[at.col]?.step?.key;
    const lane = at.row < 0 ? undefined : table.lanes[at.row];
    const counted = figures.get(lane?.kind === "bars" ? "volume" : (lane?.key ?? ""))?.get(step ?? "");
    const told = counted && [counted.shown, counted.interval, say("web.maps.n", { n: counted.n })];
    return placeLabel(table, at, say.lang, {
      empty: say("web.maps.edit.empty_cell"),
      cards: (n) => say("web.maps.edit.cards", { n }),
      counted: told?.filter(Boolean).join(say("web.maps.and")),
    });
  };
  /** Say where one is now, after what was done, and how much is selected. */
  const hear = (done?: string) => {
    const { table, selected } = now.current;
    const { top, bottom, left, right } = box(selected);
    const n = (bottom - top + 1) * (right - left + 1);
    const some = n > 1 && say("web.maps.edit.selected_n", { n });
    announce([done, label(table, selected.at), some].filter(Boolean).join(say("web.maps.and")));
  };
  return { label, hear };
}
