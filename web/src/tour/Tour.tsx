import { ActionIcon, Button } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { useLocation, useNavigate } from "react-router";
import { useSay } from "@/words/say";
import { setTour, useTour, wasLed } from "./state";
import classes from "./Tour.module.css";

const WAIT = 6000;

/** One stop of the tour: what is to be seen here, and the way on. It lies beside what it is about, and stops nothing. */
export default function Tour() {
  const say = useSay();
  const tour = useTour();
  const go = useNavigate();
  const { pathname } = useLocation();
  const card = useRef<HTMLElement>(null);
  const arrived = useRef(false);
  const stop = tour?.stops[tour.at];
  const at = tour?.at;
  useEffect(() => {
    if (!stop || at === undefined) return;
    if (wasLed()) go(stop.to);
    card.current?.focus();
    return pointing(stop.mark);
  }, [stop, at, go]);
  const last = tour !== null && tour.at === tour.stops.length - 1;
  const there = last && stop?.to === pathname;
  useEffect(() => {
    if (arrived.current && last && !there) setTour(null); // whoever goes on from the last stop has begun on their own
    arrived.current = there;
  }, [there, last]);
  if (!tour || !stop) return null;
  const turn = (by: number) => setTour({ ...tour, at: tour.at + by });
  return (
    <section ref={card} className={classes.card} aria-label={say("web.tour.name")} tabIndex={-1}>
      <header>
        <small>{say("web.tour.at", { at: tour.at + 1, of: tour.stops.length })}</small>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={26}
          aria-label={say("web.tour.end")}
          onClick={() => setTour(null)}
        >
          <IconX size={14} />
        </ActionIcon>
      </header>
      <h2>{say(`web.tour.stops.${stop.word}.title`, stop.values)}</h2>
      <p aria-live="polite">{say(`web.tour.stops.${stop.word}.text`, stop.values)}</p>
      <footer>
        <Button variant="default" disabled={tour.at === 0} onClick={() => turn(-1)}>
          {say("web.tour.back")}
        </Button>
        <Button onClick={() => (last ? setTour(null) : turn(1))}>
          {say(last ? "web.tour.done" : "web.tour.next")}
        </Button>
      </footer>
    </section>
  );
}

/** Point at something once it is there; returns how to stop pointing. */
function pointing(mark?: string): () => void {
  const end = Date.now() + WAIT;
  let shown: Element | null = null;
  const look = () => {
    shown = mark ? document.querySelector(mark) : null;
    if (shown) {
      shown.classList.add(classes.pointed ?? "");
      const block = shown instanceof SVGElement ? "center" : "nearest"; // of a picture all around it is to be seen
      shown.scrollIntoView({ block, inline: "center" });
    }
    if (shown || Date.now() > end) clearInterval(timer);
  };
  const timer = setInterval(look, 120);
  return () => {
    clearInterval(timer);
    shown?.classList.remove(classes.pointed ?? "");
  };
}
