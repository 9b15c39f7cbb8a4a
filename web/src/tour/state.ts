import { useSyncExternalStore } from "react";
import type { Stop } from "./stops";

interface Tour {
  stops: Stop[];
  at: number;
}

const KEPT = "lvtu.tour";
const heard = new Set<() => void>();
let tour = read();
let led = false;

function read(): Tour | null {
  const kept = sessionStorage.getItem(KEPT);
  return kept ? (JSON.parse(kept) as Tour) : null;
}

/** Go to a stop, or end the tour. It outlives the page: one may look around, reload, and go on. */
export function setTour(next: Tour | null): void {
  tour = next;
  led = true;
  if (next) sessionStorage.setItem(KEPT, JSON.stringify(next));
  else sessionStorage.removeItem(KEPT);
  for (const tell of heard) tell();
}

/** Whether somebody has gone to the present stop on this page: who reloads it stays where they are. */
export function wasLed(): boolean {
  return led;
}

/** The tour that one is on; null: none. */
export function useTour(): Tour | null {
  return useSyncExternalStore(
    (tell) => {
      heard.add(tell);
      return () => heard.delete(tell);
    },
    () => tour,
  );
}
