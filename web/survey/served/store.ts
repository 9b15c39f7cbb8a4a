/** What this browser remembers of a survey: one response under way, or that it was given. */

import type { Progress } from "../form/form.ts";

export interface Remembered extends Partial<Progress> {
  response: string;
  /** Of the survey, as it was read. */
  version?: number;
  /** When anything changed last, in milliseconds since 1970. */
  updated: number;
  /** The answers that stand, until the service has them. */
  waiting?: Record<string, unknown>;
  done?: boolean;
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
