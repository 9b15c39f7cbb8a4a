import { type RefObject, useState } from "react";
import { useSay } from "@/words/say";
import type { CardLock } from "../together/useTogether";
import { wrote } from "./acts";
import { newKey } from "./document";
import { headName } from "./naming";
import type { Typing } from "./Pen";
import { cardsAt } from "./places";
import type { Bench } from "./useBench";

/** How one writes: in a card that nobody else writes in, in a head, or a new card. */
export function useTyping(bench: Bench, pen: RefObject<HTMLTextAreaElement | null>, lock: CardLock) {
  const say = useSay();
  const { now } = bench;
  const [typing, setTyping] = useState<Typing | null>(null);

  const begin = async (text: string, fresh: boolean) => {
    const place = now.current.selected.at;
    if (place.col >= 0 && place.row >= 0) {
      if (!now.current.table.columns[place.col]?.step || bench.closed([place.row])) return;
    }
    const holder = place.card !== null && !fresh ? lock.holder : null;
    if (holder) return bench.tell(say("web.maps.card.typing", { who: holder.name }));
    // Who types at once has begun before they are asked to.
    setTyping((before) => (before && text === "" ? before : { text, fresh }));
    if (place.card !== null && !fresh) {
      const taken = await lock.take().catch(() => null);
      if (taken) {
        setTyping(null);
        bench.tell(say("web.maps.card.typing", { who: taken.name }));
      }
    }
  };
  const write = () => {
    const { table, selected } = now.current;
    const { row, col, card } = selected.at;
    if (typing) return;
    const there = card ?? (row >= 0 && col >= 0 ? (cardsAt(table, row, col)[0]?.key ?? null) : null);
    if (there !== card) bench.go({ row, col, card: there });
    const text =
      there !== null
        ? table.map.cards.find((one) => one.key === there)?.text?.[say.lang]
        : headName(table, selected.at, say.lang);
    void begin(text ?? "", row >= 0 && col >= 0 && there === null);
    requestAnimationFrame(() => {
      pen.current?.focus({ preventScroll: true });
      pen.current?.setSelectionRange(pen.current.value.length, pen.current.value.length);
    });
  };
  const finish = (keep = true) => {
    if (!typing) return;
    setTyping(null);
    const place = now.current.selected.at;
    const inCell = place.row >= 0 && place.col >= 0;
    const key = newKey();
    const meant = inCell && typing.fresh ? { ...place, card: null } : place;
    const edit = keep ? wrote(now.current.table, meant, say.lang, typing.text, key) : null;
    lock.free();
    if (edit && bench.edit(edit, say("web.maps.edit.written")) && inCell && typing.fresh)
      bench.go({ ...place, card: key });
  };
  const type = (text: string) => {
    setTyping((before) => before && { ...before, text });
    lock.typing();
  };
  return { typing, begin, write, finish, type };
}
