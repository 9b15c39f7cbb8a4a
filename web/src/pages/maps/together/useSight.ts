import { type RefObject, useEffect, useEffectEvent } from "react";
import { follow, useFollowed } from "./following";
import { type Spots, sightOf, wayTo } from "./sight";
import { sees, useTogether } from "./useTogether";

const OWN = ["wheel", "pointerdown", "keydown"] as const;

/**
 * Tells others what is in the middle of what one sees; and while one follows somebody, sees what they see. Whoever
 * scrolls, points or types goes their own way again.
 *
 * @param scroll what scrolls.
 * @param spots where lanes and steps are within it.
 * @param drawn changes whenever they may have moved.
 */
export function useSight(
  id: string,
  scroll: RefObject<HTMLElement | null>,
  spots: (within: HTMLElement) => Spots,
  drawn: unknown,
) {
  const leader = useFollowed(id);
  const people = useTogether(id).data?.people;
  const sight = people?.find((one) => one.id === leader)?.sight ?? "";
  const tell = useEffectEvent(() => {
    const area = scroll.current;
    if (area) sees(id, sightOf(area.getBoundingClientRect(), spots(area)));
  });
  const move = useEffectEvent(() => {
    const area = scroll.current;
    if (!area || !sight) return;
    const { left, top } = wayTo(sight, area.getBoundingClientRect(), spots(area));
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    area.scrollBy({ left, top, behavior: calm ? "auto" : "smooth" });
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is drawn anew may have moved
  useEffect(() => {
    const area = scroll.current;
    if (!area) return;
    tell();
    const leave = () => follow(id, null);
    area.addEventListener("scroll", tell, { passive: true });
    for (const one of OWN) area.addEventListener(one, leave, { passive: true });
    return () => {
      area.removeEventListener("scroll", tell);
      for (const one of OWN) area.removeEventListener(one, leave);
    };
  }, [id, scroll, drawn]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: one goes where they look, and where that is drawn anew
  useEffect(() => {
    if (leader) move();
  }, [leader, sight, drawn]);
  useEffect(
    () => () => {
      follow(id, null);
      sees(id, "");
    },
    [id],
  );
}
