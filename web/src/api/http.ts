import i18n from "i18next";
import { type ProblemBody, ProblemError, Unreachable } from "./problem";

type Query = Record<string, string | number | boolean | string[] | null | undefined>;

let csrf = "";

/** The token that goes with everything that changes something; the session tells it. */
export function protect(token: string): void {
  csrf = token;
}

function headers(method: string): Record<string, string> {
  const sent: Record<string, string> = { "Accept-Language": i18n.language };
  if (method !== "GET" && csrf) sent["X-CSRF-Token"] = csrf;
  return sent;
}

async function refusal(answer: Response): Promise<ProblemError> {
  const body = (await answer.json().catch(() => null)) as ProblemBody | null;
  const told = body && typeof body.what === "string";
  const plain = {
    status: answer.status,
    title: answer.statusText,
    code: "unforeseen",
    what: answer.statusText,
  };
  return new ProblemError(told ? { ...plain, ...body } : plain);
}

async function sent(address: string, init: RequestInit): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(address, init);
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new Unreachable();
  }
  if (!answer.ok) throw await refusal(answer);
  return answer;
}

function withQuery(path: string, query: Query = {}): string {
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === null || value === undefined || value === "") continue;
    for (const one of [value].flat()) asked.append(name, String(one));
  }
  const text = asked.toString();
  return text ? `${path}?${text}` : path;
}

/** What an address answers, for addresses whose path is made at run time. */
export async function get<T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> {
  const answer = await sent(withQuery(path, query), { headers: headers("GET"), signal });
  return (await answer.json()) as T;
}

/** What an address answers as text: a picture, say. */
export async function text(path: string, query?: Query, signal?: AbortSignal): Promise<string> {
  return (await sent(withQuery(path, query), { headers: headers("GET"), signal })).text();
}

/** Send JSON (or a form, or a file) and take the answer; undefined where there is none. */
export async function send<T>(
  method: "POST" | "PUT" | "PATCH" | "DELETE",
  path: string,
  body?: unknown,
  query?: Query,
  signal?: AbortSignal,
): Promise<T> {
  const form = body instanceof FormData || body instanceof Blob;
  const json: Record<string, string> =
    body === undefined || form ? {} : { "Content-Type": "application/json" };
  const answer = await sent(withQuery(path, query), {
    method,
    headers: { ...headers(method), ...json },
    body: form ? body : body === undefined ? undefined : JSON.stringify(body),
    signal,
  });
  const text = await answer.text();
  return (text ? JSON.parse(text) : undefined) as T;
}

/** Say that one goes, which a page that is being closed can still say. */
export function depart(path: string): void {
  fetch(path, { method: "DELETE", headers: headers("DELETE"), keepalive: true }).catch(() => undefined);
}

/** A file the service makes, and the name it gives it. */
export async function file(
  path: string,
  body: unknown,
  query?: Query,
): Promise<{ name: string; blob: Blob }> {
  const answer = await sent(withQuery(path, query), {
    method: "POST",
    headers: { ...headers("POST"), "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  const named = /filename="?([^";]+)"?/.exec(answer.headers.get("Content-Disposition") ?? "");
  return { name: named?.[1] ?? "lvtu", blob: await answer.blob() };
}

/** A file that an address answers with, the name it gives it, and what it says must be known of it. */
export async function fetched(
  path: string,
  query?: Query,
): Promise<{ name: string; blob: Blob; notes: string }> {
  const answer = await sent(withQuery(path, query), { headers: headers("GET") });
  const named = /filename\*=UTF-8''([^;]+)/.exec(answer.headers.get("Content-Disposition") ?? "");
  const notes = decodeURIComponent(answer.headers.get("X-Notes") ?? "");
  return { name: decodeURIComponent(named?.[1] ?? "lvtu"), blob: await answer.blob(), notes };
}

/** The address of a workspace's domain: `of("shop", "events")`. */
export function of(workspace: string, ...parts: string[]): string {
  return `/api/w/${[workspace, ...parts].map(encodeURIComponent).join("/")}`;
}
