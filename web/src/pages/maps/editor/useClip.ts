import type { ClipboardEvent } from "react";
import { useSay } from "@/words/say";
import { type Copied, chosenCards, copied, fits, putCards } from "./acts";
import { remove } from "./edits";
import type { Pasting } from "./PasteMore";
import { parsed, written } from "./tsv";
import type { Bench } from "./useBench";

/** Under this name the clipboard holds the cards themselves, for who pastes them into a map again. */
const CARDS = "application/x-lvtu-cards";

/** What is copied, cut and pasted: cells as a table of texts, within Lvtu the cards with all that is said of them. */
export function useClip(bench: Bench, askMore: (pasting: Pasting) => void) {
  const say = useSay();
  return (event: ClipboardEvent) => {
    const { table, selected } = bench.now.current;
    const { row, col } = selected.at;
    event.preventDefault();
    if (event.type === "paste") {
      const text = event.clipboardData.getData("text/plain");
      if (row < 0 || col < 0 || !text) return;
      const cards = event.clipboardData.getData(CARDS);
      const made = cards && putCards(table, selected.at, JSON.parse(cards) as Copied["cards"]);
      if (made) {
        const rows = (JSON.parse(cards) as unknown[]).map((_, down) => row + down);
        if (!bench.closed(rows)) bench.edit(made, say("web.maps.edit.pasted"));
        return;
      }
      const rows = parsed(text);
      const at = {
        row: Math.min(row, selected.from.row),
        col: Math.min(col, selected.from.col),
        card: null,
      };
      if (bench.closed(rows.map((_, down) => at.row + down))) return;
      const found = fits(table, at, rows);
      if (found.over > 0) askMore({ at, table: rows });
      else bench.edit(found.edit, say("web.maps.edit.pasted"));
      return;
    }
    const found = copied(table, selected, say.lang);
    event.clipboardData.setData("text/plain", written(found.texts));
    const cards = chosenCards(table, selected);
    if (cards.length) event.clipboardData.setData(CARDS, JSON.stringify(found.cards));
    if (event.type === "cut" && cards.length && !bench.closedHere()) {
      bench.edit(
        remove(
          "cards",
          cards.map((card) => card.key),
        ),
        say("web.maps.edit.cut"),
      );
    } else bench.announce(say("web.maps.edit.copied"));
  };
}
