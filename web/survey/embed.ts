/**
 * The script by which a website asks a survey within its pages:
 *
 *   <script async src="https://lvtu.example/lvtu-survey.js" data-survey="LINK"></script>
 *
 * `data-as="inline"` (the default) puts it where the script stands, or into the element that `data-into` selects;
 * `button` adds a button that opens it, as for feedback; `intercept` asks by itself, when the survey's settings say so.
 * Besides: `data-lang`, `data-label` of the button, `data-touchpoint`, `data-step`, `data-channel`, `data-invitation`.
 * The page can open it too: `lvtuSurvey.open("LINK")`. Nothing but this script is loaded before it is needed.
 */

import type * as Form from "./index.ts";
import type { Public, Said } from "./served/service.ts";

interface Asked {
  survey: string;
  as?: string;
  into?: string;
  lang?: string;
  label?: string;
  touchpoint?: string;
  step?: string;
  channel?: string;
  invitation?: string;
}

const script = document.currentScript as HTMLScriptElement;
const base = new URL(script.dataset.host || script.src);
const SEEN = "lvtu-survey-seen:";
const DAY = 86_400_000;
const form = (): Promise<typeof Form> => import(/* @vite-ignore */ new URL(`/${__SURVEY_FORM__}`, base).href);

const BUTTON = `
  :host { position: fixed; z-index: 2147482999; inset: auto 20px 20px auto }
  button { min-height: 48px; padding: 0 20px; border: 0; border-radius: 24px; background: var(--lvtu-accent, #2f5bd7);
    color: var(--lvtu-on-accent, #fff); font: 600 15px/1 system-ui, "PingFang SC", "Microsoft YaHei", sans-serif;
    cursor: pointer; box-shadow: 0 4px 16px rgb(28 36 48 / 22%) }
  button:focus-visible { outline: 2px solid currentcolor; outline-offset: -5px }
  @media print { :host { display: none } }`;

function remembered(name: string): number {
  try {
    return Number(localStorage.getItem(name));
  } catch {
    return 0;
  }
}

function remember(name: string): void {
  try {
    localStorage.setItem(name, String(Date.now()));
  } catch {}
}

/** The device as the script for events knows it, so that answers come to the same customer. */
function device(): string | undefined {
  try {
    return JSON.parse(localStorage.getItem("lvtu:ids") ?? "{}").anonymousId;
  } catch {
    return undefined;
  }
}

function saidBy(asked: Asked): Said {
  const { touchpoint, step, channel = "web", invitation } = asked;
  const said = {
    touchpoint,
    step,
    channel,
    invitation,
    anonymous_id: device(),
    page: location.href.slice(0, 1000),
  };
  return JSON.parse(JSON.stringify(said));
}

async function published(asked: Asked): Promise<Public> {
  const { Service } = await form();
  return new Service(base.href, asked.survey).survey(
    asked.invitation ?? null,
    asked.lang ?? navigator.language,
  );
}

async function show(host: HTMLElement, asked: Asked, found: Public, close?: () => void): Promise<void> {
  const { open, Service } = await form();
  const service = new Service(base.href, asked.survey);
  const frame = close ? "popover" : "inline";
  open(host, { service, link: asked.survey, found, said: saidBy(asked), frame, language: asked.lang, close });
}

/** Where it stands in the page; it says itself where it belongs. */
function inline(asked: Asked): void {
  const host = asked.into ? document.querySelector<HTMLElement>(asked.into) : document.createElement("div");
  if (!host) return;
  if (!asked.into) script.after(host);
  published(asked).then(
    (found) => show(host, asked, found),
    () => undefined,
  );
}

let opened: HTMLElement | undefined;

/** Over the page, which goes on working. Whoever opened it is taken to it, and back when it closes. */
async function popover(asked: Asked, found?: Public, by?: HTMLElement): Promise<void> {
  if (opened) return;
  const survey = found ?? (await published(asked));
  const host = document.createElement("div");
  opened = host;
  host.setAttribute("role", "dialog");
  host.setAttribute(
    "aria-label",
    survey.survey.title[asked.lang ?? survey.language] ?? Object.values(survey.survey.title)[0] ?? "",
  );
  const close = () => {
    host.remove();
    opened = undefined;
    removeEventListener("keydown", keys);
    by?.focus();
  };
  const keys = (event: KeyboardEvent) => event.key === "Escape" && close();
  addEventListener("keydown", keys);
  document.body.append(host);
  await show(host, asked, survey, close);
  if (by) host.shadowRoot?.querySelector<HTMLElement>("[data-first]")?.focus();
}

function button(asked: Asked): void {
  const host = document.createElement("div");
  const root = host.attachShadow({ mode: "open" });
  const press = document.createElement("button");
  press.type = "button";
  press.textContent = asked.label || (/^zh/.test(asked.lang ?? navigator.language) ? "意见反馈" : "Feedback");
  press.onclick = () => popover(asked, undefined, press).catch(() => undefined);
  root.append(press);
  const styles = new CSSStyleSheet();
  styles.replaceSync(BUTTON);
  root.adoptedStyleSheets = [styles];
  document.body.append(host);
}

/** Whether this visitor is one of the share that is asked: drawn once, and the same on every page. */
function drawn(survey: string, share: number): boolean {
  const name = `${SEEN}${survey}:drawn`;
  const before = remembered(name);
  if (!before) {
    const draw = Math.random() || 1e-9;
    try {
      localStorage.setItem(name, String(draw));
    } catch {}
    return draw <= share;
  }
  return before <= share;
}

/** Ask by itself, when the settings of the survey say so, and whoever was asked not again for a while. */
async function intercept(asked: Asked): Promise<void> {
  const found = await published(asked);
  const when = found.intercept;
  if (!when || !drawn(asked.survey, when.share)) return;
  if (Date.now() - remembered(SEEN + asked.survey) < when.days * DAY) return;
  if (when.pages.length && !when.pages.some((path) => location.pathname.startsWith(path))) return;
  const ask = () =>
    setTimeout(() => {
      remember(SEEN + asked.survey);
      popover(asked, found);
    }, when.seconds * 1000);
  if (when.event === null) ask();
  else
    addEventListener("lvtu", (sent) => (sent as CustomEvent).detail?.event === when.event && ask(), {
      once: false,
    });
}

function ready(then: () => void): void {
  if (document.body) then();
  else addEventListener("DOMContentLoaded", then);
}

const ways: Record<string, (asked: Asked) => unknown> = { inline, button, intercept };
const given = { ...script.dataset } as unknown as Asked;
if (given.survey) ready(() => ways[given.as ?? "inline"]?.(given));

Object.assign(window, {
  lvtuSurvey: { open: (survey: string, more: Partial<Asked> = {}) => popover({ ...given, ...more, survey }) },
});
