import { type RefObject, useEffect } from "react";
import { useSay } from "@/words/say";
import { usePanel } from "./panel";
import { badges } from "./picture";
import { useComments } from "./useTalk";

/** How many open threads there are about each part, on the picture itself; a badge opens them. */
export function useBadges(id: string, frame: RefObject<HTMLElement | null>, svg: string) {
  const say = useSay();
  const { open } = usePanel();
  const threads = useComments(id).data?.threads;
  useEffect(() => {
    const found = frame.current;
    if (!found || !svg || !threads) return;
    const counts = new Map<string, number>();
    for (const one of threads) {
      if (one.resolved !== null || one.key === null) continue;
      const about = `${one.part}/${one.key}`;
      counts.set(about, (counts.get(about) ?? 0) + 1);
    }
    const away = badges(found, counts, (n) => say("web.maps.together.threads", { n }));
    const press = (event: Event) => {
      const badge = (event.target as Element).closest<SVGGElement>("[data-about]");
      if (!badge || (event instanceof KeyboardEvent && event.key !== "Enter" && event.key !== " ")) return;
      event.stopPropagation();
      event.preventDefault();
      const [part = "map", ...key] = (badge.dataset.about ?? "").split("/");
      open("comments", { part: part as "map", key: key.join("/") });
    };
    found.addEventListener("click", press, true);
    found.addEventListener("keydown", press, true);
    return () => {
      found.removeEventListener("click", press, true);
      found.removeEventListener("keydown", press, true);
      away();
    };
  });
}
