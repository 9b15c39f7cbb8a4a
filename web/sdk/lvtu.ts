/**
 * The script that a website includes to send its visitors' events, in Segment's format:
 *
 *   <script async src="https://lvtu.example/lvtu.js" data-write-key="wk_…"></script>
 *   <script>window.lvtu = window.lvtu || []; lvtu.push(["track", "Product Viewed", { sku: "A1" }])</script>
 *
 * Calls made before it has loaded wait in that array. Events wait in the browser's own storage until the server has
 * them on disk, so closing the page or losing the network loses none; the server drops what it gets twice.
 * With data-consent="required" nothing is stored or sent before `lvtu.consent(true)`, and `lvtu.consent(false)` forgets all.
 */

type Message = Record<string, unknown>;
type Call = [name: string, ...given: unknown[]];

const BATCH = 50;
/** The server takes 500 KB at once; a browser lets a page that is being closed send 64 KB. */
const MOST_BYTES = 450_000;
const CLOSING_BYTES = 60_000;
const MOST_WAITING = 1_000;
const PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 300_000;
const PREFIX = "lvtu:";

const script = document.currentScript as HTMLScriptElement;
const address = new URL("/v1/batch", script.dataset.host || script.src).href;
const writeKey = script.dataset.writeKey;

let store: Pick<Storage, "getItem" | "setItem" | "removeItem"> | undefined;
let waiting: Message[] = [];
let ids: { anonymousId?: string; userId?: string } = {};
let agreed: boolean | undefined;
let pause = PAUSE_MS;
let timer: ReturnType<typeof setTimeout> | undefined;
let sending = false;

try {
  store = localStorage; // a browser that forbids it throws here
  agreed = JSON.parse(store.getItem(PREFIX + "consent") ?? "null") ?? undefined;
} catch {}
agreed ??= script.dataset.consent === "required" ? undefined : true;

function keep() {
  if (!agreed) return;
  try {
    store?.setItem(PREFIX + "queue", JSON.stringify(waiting));
    store?.setItem(PREFIX + "ids", JSON.stringify(ids));
  } catch {} // full: what waits is in memory still
}

function take<T>(name: string, otherwise: T): T {
  try {
    return JSON.parse(store?.getItem(PREFIX + name) ?? "null") ?? otherwise;
  } catch {
    return otherwise;
  }
}

/** Two tabs share one queue: each adds to what is stored, and takes away only what it sent itself. */
function add(message: Message) {
  if (agreed === false) return;
  if (agreed) waiting = take("queue", waiting);
  waiting.push(message);
  waiting.splice(0, waiting.length - MOST_WAITING);
  keep();
  later(waiting.length < BATCH ? pause : 0);
}

function later(delay: number) {
  clearTimeout(timer);
  timer = setTimeout(send, delay);
}

async function send(closing?: unknown) {
  if (!agreed || !waiting.length || (sending && closing !== true)) return;
  sending = true;
  let batch = waiting.slice(0, BATCH);
  let body = written(batch);
  while (body.size > (closing === true ? CLOSING_BYTES : MOST_BYTES) && batch.length > 1) {
    batch = batch.slice(0, batch.length >> 1);
    body = written(batch);
  }
  try {
    // With credentials, a browser would ask a visitor of our own address for a password when the key is wrong.
    const answer = await fetch(address, { method: "POST", body, keepalive: closing === true, credentials: "omit" });
    // A wrong key may be put right; what is no batch or too large never will be.
    if (!answer.ok && answer.status !== 400 && answer.status !== 413) throw answer.status;
    const sent = new Set(batch.map((one) => one.messageId));
    waiting = take("queue", waiting).filter((one: Message) => !sent.has(one.messageId));
    keep();
    pause = PAUSE_MS;
  } catch {
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  }
  sending = false;
  if (waiting.length) later(pause);
}

function written(batch: Message[]) {
  // Without a type it is text to the browser, which then asks no leave of the server first.
  return new Blob([JSON.stringify({ writeKey, sentAt: new Date(), batch })]);
}

function message(type: string, more: Message) {
  ids.anonymousId ??= crypto.randomUUID();
  const { title, referrer } = document;
  const page = { url: location.href, path: location.pathname, search: location.search, title, referrer };
  const context = { page, locale: navigator.language, library: { name: "lvtu.js", version: "1" } };
  add({ type, messageId: crypto.randomUUID(), timestamp: new Date(), channel: "web", context, ...ids, ...more });
}

const calls = {
  track(event: string, properties: Message = {}) {
    message("track", { event, properties });
    dispatchEvent(new CustomEvent("lvtu", { detail: { event } })); // a survey may be asked upon it (lvtu-survey.js)
  },
  page: (name?: string, properties: Message = {}) =>
    message("page", {
      name,
      properties: { url: location.href, path: location.pathname, title: document.title, ...properties },
    }),
  identify(userId: string, traits: Message = {}) {
    ids.userId = userId;
    message("identify", { traits });
  },
  group: (groupId: string, traits: Message = {}) => message("group", { groupId, traits }),
  alias(userId: string) {
    const previousId = ids.userId ?? ids.anonymousId;
    ids.userId = userId;
    message("alias", { previousId });
  },
  /** Who signs out: what follows is somebody else's. */
  reset() {
    ids = {};
    keep();
  },
  consent(given: boolean) {
    if (given && agreed) return;
    agreed = given;
    if (!given) {
      waiting = [];
      ids = {};
      for (const name of ["queue", "ids"]) store?.removeItem(PREFIX + name);
    }
    try {
      store?.setItem(PREFIX + "consent", JSON.stringify(given));
    } catch {}
    keep();
    later(0);
  },
  /** Send what waits now. */
  flush: () => send(),
};

if (agreed) {
  waiting = take("queue", waiting);
  ids = take("ids", ids);
}

const before = (window as unknown as { lvtu?: Call[] }).lvtu ?? [];
const push = (...given: Call[]) => given.forEach(([name, ...rest]) => (calls as any)[name]?.(...rest));
(window as any).lvtu = { ...calls, push };
push(...before);

addEventListener("online", () => later(0));
addEventListener("visibilitychange", () => document.visibilityState === "hidden" && send(true));
if (script.dataset.page !== "off") calls.page();
