/** The two addresses of the service that a survey needs. */

import type { Sent, Survey } from "../definition.ts";
import type { Outcome } from "../form/contract.ts";
import type { Theme } from "../form/mount.ts";

export interface Intercept {
  event: string | null;
  pages: string[];
  seconds: number;
  share: number;
  days: number;
}

export interface Public {
  survey: Survey;
  version: number;
  language: string;
  theme: Theme;
  intercept: Intercept | null;
  invitation: "good" | "used" | "expired" | "wrong" | null;
}

/** What a link says beside which survey it is. */
export interface Said {
  invitation?: string;
  touchpoint?: string;
  step?: string;
  channel?: string;
  hidden?: Record<string, string>;
  anonymous_id?: string;
  page?: string;
}

export interface Given extends Said {
  response: string;
  state: "started" | "partial" | "complete";
  answers: Record<string, unknown>;
  version: number;
  language: string;
  website?: string;
}

/** There is no such survey, or no more answers are taken; the text says which. */
export class Gone extends Error {}

/** Sending again would change nothing. */
const NEVER = new Set([403, 404, 410, 413]);
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;

export class Service {
  private readonly address: string;

  constructor(base: string, link: string) {
    this.address = new URL(`/v1/surveys/${encodeURIComponent(link)}`, base).href;
  }

  async survey(invitation: string | null, language: string): Promise<Public> {
    const asked = new URL(this.address);
    if (invitation) asked.searchParams.set("invitation", invitation);
    asked.searchParams.set("lang", /^zh\b/.test(language) ? "zh" : "en");
    const answer = await fetch(asked, { credentials: "omit" });
    if (answer.status === 404 || answer.status === 410) throw new Gone(await whatOf(answer));
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  }

  /** Say how far somebody is; nothing hangs on whether that arrives. There may be enough answers of this kind. */
  async tell(given: Given): Promise<Outcome | undefined> {
    const answer = await this.post(given, true).catch(() => undefined);
    const outcome = answer?.status === 410 ? await closedBy(answer) : undefined;
    return outcome?.full ? outcome : undefined;
  }

  /** Send until the service has it: the same response again changes nothing. */
  async send(given: Given, waits: () => void): Promise<Outcome> {
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      try {
        const answer = await this.post(given, false);
        if (answer.ok) return { is: "accepted", follow: await this.followOf(answer) };
        if (answer.status === 409) return { is: "accepted" }; // by this invitation it was answered before
        if (answer.status === 422 || answer.status === 400) return await refusedBy(answer);
        if (NEVER.has(answer.status)) return await closedBy(answer);
      } catch {} // no connection, or no service
      waits();
      await rested(pause);
    }
  }

  private async followOf(answer: Response): Promise<string | undefined> {
    const { follow } = await answer.json().catch(() => ({}));
    return typeof follow === "string" ? new URL(follow, this.address).href : undefined;
  }

  /** Send a file for an answer; what the service says of it is the answer. */
  async upload(response: string, question: string, file: File): Promise<Sent> {
    const asked = new URL(`${this.address}/files`);
    for (const [name, value] of Object.entries({ response, question, name: file.name }))
      asked.searchParams.set(name, value);
    const body = new Blob([file]); // without a type the browser asks no leave first
    const answer = await fetch(asked, { method: "POST", body, credentials: "omit" }).catch(() => undefined);
    if (!answer?.ok) throw new Error(answer ? await whatOf(answer) : "");
    return answer.json();
  }

  private post(given: Given, keepalive: boolean): Promise<Response> {
    // Without a type it is text to the browser, which then asks no leave of the service first.
    const body = new Blob([JSON.stringify(given)]);
    return fetch(`${this.address}/responses`, { method: "POST", body, credentials: "omit", keepalive });
  }
}

async function whatOf(answer: Response): Promise<string> {
  const problem = await answer.json().catch(() => ({}));
  return typeof problem.what === "string" ? problem.what : "";
}

async function closedBy(answer: Response): Promise<Outcome & { is: "closed" }> {
  const problem = await answer.json().catch(() => ({}));
  const text = typeof problem.what === "string" ? problem.what : "";
  return { is: "closed", text, full: problem.code === "survey_quota_full" };
}

async function refusedBy(answer: Response): Promise<Outcome> {
  const problem = await answer.json().catch(() => ({}));
  const listed = Array.isArray(problem.problems) ? problem.problems : [];
  if (!listed.length) return { is: "closed", text: problem.what ?? "" };
  return {
    is: "refused",
    problems: listed.map((one: { field: string; code?: string; reason?: { code?: string } }) => ({
      field: one.field,
      code: one.code ?? one.reason?.code ?? "",
    })),
  };
}

/** Wait, or until there is a connection again. */
function rested(pause: number): Promise<void> {
  return new Promise((done) => {
    const end = () => {
      clearTimeout(timer);
      removeEventListener("online", end);
      done();
    };
    const timer = setTimeout(end, pause);
    addEventListener("online", end);
  });
}
