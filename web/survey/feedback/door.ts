/** What the page of feedback asks the service, and how it votes. */

import type { Text } from "../definition.ts";
import type { Theme } from "../form/mount.ts";
import { newId } from "../served/store.ts";

export type Status = "new" | "seen" | "planned" | "done" | "declined";
export type FeedbackKind = "idea" | "complaint" | "praise" | "other";

export interface Idea {
  id: string;
  kind: FeedbackKind;
  status: Status;
  title: Text;
  text: Text;
  answer: Text | null;
  votes: number;
  since: string;
}

export interface Door {
  title: Text;
  description: Text;
  languages: string[];
  language: string;
  theme: Theme;
  open: boolean;
  kinds: FeedbackKind[];
  ideas: Idea[];
}

export interface Piece extends Pick<Door, "title" | "languages" | "language" | "theme"> {
  kind: FeedbackKind;
  words: string;
  came: string;
  status: Status;
  answer: Text | null;
  steps: { status: Status; at: string }[];
  idea: string | null;
}

/** There is no such page. */
export class Missing extends Error {}

export class Service {
  readonly votes: Votes;
  private readonly address: string;

  constructor(base: string, link: string) {
    this.address = new URL(`/v1/feedback/${encodeURIComponent(link)}`, base).href;
    this.votes = new Votes(link);
  }

  door(language: string): Promise<Door> {
    return this.get(this.address, language);
  }

  piece(token: string, language: string): Promise<Piece> {
    return this.get(`${this.address}/pieces/${encodeURIComponent(token)}`, language);
  }

  /** Vote, or take the vote back; how many there are then. */
  async vote(idea: string, on: boolean): Promise<number> {
    const key = this.votes.key(idea) ?? newId();
    if (on) this.votes.keep(idea, key);
    const body = new Blob([JSON.stringify({ key, on })]);
    const address = `${this.address}/ideas/${encodeURIComponent(idea)}/votes`;
    const answer = await fetch(address, { method: "POST", body, credentials: "omit" });
    if (!answer.ok) throw new Error(String(answer.status));
    if (!on) this.votes.drop(idea);
    const { votes } = await answer.json();
    return votes;
  }

  private async get<T>(address: string, language: string): Promise<T> {
    const asked = new URL(address);
    asked.searchParams.set("lang", /^zh\b/.test(language) ? "zh" : "en");
    const answer = await fetch(asked, { credentials: "omit" });
    if (answer.status === 404) throw new Missing();
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  }
}

/** Which ideas this browser has voted for: a key of its own for each, by which nobody joins one vote with another. */
class Votes {
  private readonly name: string;
  private keys: Record<string, string>;

  constructor(link: string) {
    this.name = `lvtu-votes:${link}`;
    try {
      this.keys = JSON.parse(localStorage.getItem(this.name) ?? "{}");
    } catch {
      this.keys = {};
    }
  }

  key(idea: string): string | undefined {
    return this.keys[idea];
  }

  keep(idea: string, key: string): void {
    this.write({ ...this.keys, [idea]: key });
  }

  drop(idea: string): void {
    const { [idea]: _, ...others } = this.keys;
    this.write(others);
  }

  private write(keys: Record<string, string>): void {
    this.keys = keys;
    try {
      localStorage.setItem(this.name, JSON.stringify(keys));
    } catch {} // forbidden: it holds as long as the page is open
  }
}
