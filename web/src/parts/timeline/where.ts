import { dayOf } from "@/parts/pickers/range";
import type { Happened } from "./types";

/** From when to when is looked at, in milliseconds, or from which place to which. */
export interface Window {
  from: number;
  to: number;
}

/** A moment of an event that is known: its time, or noon of its day; null where only the order is known. */
export function momentOf(event: Happened): number | null {
  if (event.time) return Date.parse(event.time);
  return event.day ? Date.parse(`${event.day}T12:00:00Z`) : null;
}

/** Whether every event has a time or a day, so that they can stand on a scale of time. */
export function timed(events: Happened[]): boolean {
  return events.length > 0 && events.every((event) => momentOf(event) !== null);
}

/** The numbers by which events stand from left to right. */
export function placesOf(events: Happened[], byTime: boolean): number[] {
  return events.map((event) => (byTime ? (momentOf(event) ?? 0) : event.place));
}

/** The stretch that holds some numbers, with a little air. */
export function windowOf(places: number[]): Window {
  const from = Math.min(...places);
  const to = Math.max(...places);
  return from === to ? { from: from - 1, to: to + 1 } : { from, to };
}

/** The visit that an event belongs to, as the places of its first and last event. */
export function sessionOf(events: Happened[], place: number): { first: number; last: number } {
  const ordered = [...events].sort((one, other) => one.place - other.place);
  let first = ordered[0]?.place ?? place;
  let last = ordered.at(-1)?.place ?? place;
  for (const event of ordered) {
    if (!event.starts_session) continue;
    if (event.place <= place) first = event.place;
    else {
      last = event.place - 1;
      break;
    }
  }
  return { first, last };
}

export const DAY = 86_400_000;

const MINUTE = 60_000;
const STEPS = [5, 10, 15, 30, 60, 120, 180, 360, 720].map((minutes) => minutes * MINUTE);

/** The marks of a scale of time: whole days that are evenly apart, and the clock within two days. */
export function ticks(window: Window, zone: string, most = 6): { at: number; text: string }[] {
  const days = (window.to - window.from) / DAY;
  if (days < 2) return clocks(window, zone, most);
  const step = Math.ceil(days / most) * DAY;
  const found = [];
  for (let at = window.from; at <= window.to; at += step) {
    found.push({ at, text: dayOf(new Date(at).toISOString(), zone) });
  }
  return found;
}

function clocks(window: Window, zone: string, most: number): { at: number; text: string }[] {
  const step = STEPS.find((one) => (window.to - window.from) / one < most);
  const found = [];
  for (let at = Math.ceil(window.from / (step ?? 1)) * (step ?? 1); step && at <= window.to; at += step) {
    found.push({ at, text: clock(new Date(at).toISOString(), zone) });
  }
  return found;
}

/** The clock of a time, in a zone. */
export function clock(time: string, zone: string): string {
  return new Date(time).toLocaleTimeString("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit" });
}

const CLOSE = 10;
const ROOM = 84;

/**
 * Which marks of a lane have room for a name beside them. Marks that stand so close that they touch share one.
 *
 * `first` is the place in the lane of the first of them, `count` how many they are, `x` where the last one stands.
 */
export function labels(
  xs: number[],
  width: number,
): { first: number; count: number; x: number; room: number }[] {
  const found: { first: number; count: number; x: number; room: number }[] = [];
  xs.forEach((x, place) => {
    const last = found.at(-1);
    if (last && x - last.x < CLOSE) Object.assign(last, { count: last.count + 1, x });
    else {
      if (last) last.room = x - last.x;
      found.push({ first: place, count: 1, x, room: 0 });
    }
  });
  const end = found.at(-1);
  if (end) end.room = width - end.x;
  return found.filter(({ room }) => room > ROOM);
}
