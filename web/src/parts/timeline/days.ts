import type { Happened } from "./types";

/** The events of one visit, or of one day where visits are not known, in the order in which they are listed. */
export interface Group {
  /** Of the first one, which is unique. */
  key: number;
  day: string | null;
  /** Whether the group listed before is of the same day. */
  again: boolean;
  /** Whether a visit begins with the earliest of them. */
  session: boolean;
  events: Happened[];
}

/** Events, the newest first, by visit and day; a day that is not known stands for all of which only the order is. */
export function groups(events: Happened[]): Group[] {
  const found: Group[] = [];
  for (const event of events) {
    const last = found.at(-1);
    if (last && last.day === event.day && !last.session) {
      last.events.push(event);
      last.session = event.starts_session;
    } else {
      const again = last?.day === event.day;
      found.push({ key: event.place, day: event.day, again, session: event.starts_session, events: [event] });
    }
  }
  return found;
}
