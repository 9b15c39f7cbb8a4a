import type { Lang } from "@/words/key";
import type { MapDocument, Said } from "../document";
import type { About } from "./panel";

const LONG = 32;

/** How the parts of a map are called. */
export function namesOf(map: MapDocument, lang: Lang) {
  const of = (parts: { key: string; name?: Said; label?: Said }[] = []) =>
    parts.map((one) => ({ key: one.key, name: (one.name ?? one.label)?.[lang] ?? one.key }));
  const found = { stages: of(map.stages), steps: of(map.steps), lanes: of(map.lanes) };
  const called = ({ part, key }: About): string => {
    if (part === "map") return map.title[lang];
    if (part === "cells") {
      const [lane = "", step = ""] = key.split("/");
      return `${called({ part: "lanes", key: lane })} · ${called({ part: "steps", key: step })}`;
    }
    if (part !== "cards") return found[part].find((one) => one.key === key)?.name ?? key;
    const text = map.cards?.find((one) => one.key === key)?.text?.[lang] ?? key;
    return text.length > LONG ? `${text.slice(0, LONG - 1)}…` : text;
  };
  return { ...found, called };
}
