/** What this browser remembers of a survey: one response under way, or that it was given. */

import type { Progress } from "../form/contract.ts";

export interface Remembered extends Partial<Progress> {
  response: string;
  /** Of the survey, as it was read. */
  version?: number;
  /** When anything changed last, in milliseconds since 1970. */
  updated: number;
  /** The answers that stand, until the service has them. */
  waiting?: Record<string, unknown>;
  done?: boolean;
  /** Where it is read what becomes of it. */
  follow?: string;
  /** There were enough answers of this kind: what was said then. */
  full?: string;
}

const PREFIX = "lvtu-survey:";
const LONGEST = 30 * 86_400_000;

/** An id that nobody else has. `crypto.randomUUID` is only there on pages with TLS. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export class Store {
  private readonly name: string;

  /** One invitation is one response; without any, there is one to a browser. */
  constructor(link: string, invitation: string | null) {
    this.name = `${PREFIX}${link}${invitation ? `:${invitation.slice(-22)}` : ""}`;
  }

  read(): Remembered | undefined {
    try {
      const found = JSON.parse(localStorage.getItem(this.name) ?? "null") as Remembered | null;
      if (!found?.response || Date.now() - found.updated > LONGEST) return undefined;
      return found;
    } catch {
      return undefined;
    }
  }

  write(remembered: Omit<Remembered, "updated">): void {
    try {
      localStorage.setItem(this.name, JSON.stringify({ ...remembered, updated: Date.now() }));
    } catch {} // forbidden or full: it is in memory as long as the page is open
  }

  forget(): void {
    try {
      localStorage.removeItem(this.name);
    } catch {}
  }
}

/** What waits on this device to be sent, whoever wrote it. */
export class Outbox<One extends { response: string }> {
  private readonly name: string;
  private waiting: One[];

  constructor(link: string) {
    this.name = `lvtu-kiosk:${link}`;
    try {
      this.waiting = JSON.parse(localStorage.getItem(this.name) ?? "[]");
    } catch {
      this.waiting = [];
    }
  }

  all(): One[] {
    return [...this.waiting];
  }

  put(one: One): void {
    this.keep([...this.waiting, one]);
  }

  remove(response: string): void {
    this.keep(this.waiting.filter((one) => one.response !== response));
  }

  private keep(waiting: One[]): void {
    this.waiting = waiting;
    try {
      if (waiting.length) localStorage.setItem(this.name, JSON.stringify(waiting));
      else localStorage.removeItem(this.name);
    } catch {} // forbidden or full: it waits in memory
  }
}
