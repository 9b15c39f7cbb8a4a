import { Skeleton } from "@mantine/core";
import { useElementSize, useMergedRef } from "@mantine/hooks";
import { type RefObject, useEffect, useRef, useState } from "react";
import { Problem } from "@/parts/Problem";
import { useSay } from "@/words/say";
import { heads } from "../heads";
import maps from "../Maps.module.css";
import { useView } from "../view";
import classes from "./Present.module.css";
import { readable, stayRoom } from "./reading";
import { useFramePicture } from "./useFrames";

interface Props {
  id: string;
  frame: string | undefined;
  /** What moves where the frame is larger than its room. */
  moves: RefObject<HTMLDivElement | null>;
}

/** A frame: all of it, or where that could not be read so large that it can, and one moves through it. */
export function Shown({ id, frame, moves }: Props) {
  const say = useSay();
  const [view] = useView();
  const picture = useFramePicture(id, view, frame);
  const into = useRef<HTMLDivElement>(null);
  const { ref, width, height } = useElementSize<HTMLDivElement>();
  const area = useMergedRef(ref, moves);
  const [large, setLarge] = useState(false);
  useEffect(() => {
    const [found, room] = [into.current, moves.current];
    if (!found || !room || !picture.data || !width) return;
    found.innerHTML = picture.data;
    const drawn = found.querySelector("svg");
    if (!drawn) return;
    drawn.setAttribute("role", "group"); // who hears it hears what is written in it
    const sizes = [...drawn.querySelectorAll("text")].map((one) => Number(one.getAttribute("font-size")));
    const zoom = readable(
      drawn.viewBox.baseVal,
      { width, height },
      Math.min(...sizes.filter((one) => one > 0)),
      Math.min(window.innerWidth, window.innerHeight),
    );
    found.style.zoom = `${zoom ?? 1}`;
    if (!zoom) for (const side of ["width", "height"]) drawn.removeAttribute(side);
    else if (stayRoom(drawn.dataset.heads, zoom, { width, height })) found.append(...heads(drawn));
    setLarge(zoom !== null);
  }, [picture.data, width, height, moves]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another frame is begun at its beginning
  useEffect(() => {
    moves.current?.scrollTo(0, 0);
  }, [frame, moves]);
  if (picture.error) return <Problem error={picture.error} retry={() => picture.refetch()} />;
  if (!picture.data) return <Skeleton className={classes.picture} />;
  return (
    <section
      ref={area}
      className={`${classes.picture} ${large ? classes.large : ""}`}
      data-frame={frame}
      data-stale={picture.isPlaceholderData}
      tabIndex={large ? 0 : undefined}
      aria-label={say("web.maps.picture")}
    >
      <div ref={into} className={large ? maps.picture : classes.whole} />
    </section>
  );
}
