import { type RefObject, useEffect } from "react";
import look from "./Face.module.css";
import { hueOf, initials } from "./initials";
import { discs } from "./picture";
import { usePresence } from "./useTogether";

/** Where others are, on the picture itself. */
export function useCursors(id: string, frame: RefObject<HTMLElement | null>, svg: string) {
  const others = usePresence(id).filter((one) => !one.you);
  const places = others.flatMap((one) => one.places.map((place) => `${place}\n${one.id}\n${one.name}`));
  const known = places.join("\n\n");
  useEffect(() => {
    const found = frame.current;
    if (!found || !svg || !known) return;
    const people = known.split("\n\n").map((one) => {
      const [place = "", id = "", name = ""] = one.split("\n");
      return { place, name, letters: initials(name), hue: hueOf(id) };
    });
    return discs(found, people, { disc: look.disc ?? "", hue: look.hue ?? "" });
  }, [frame, svg, known]);
}
