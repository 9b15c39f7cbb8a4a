import { replaceEqualDeep } from "@tanstack/react-query";
import type { Lang } from "@/words/key";
import type { Voting } from "../workshop/results";

/** A text of a map, in both languages. */
export type Both = Record<Lang, string>;

interface Keyed {
  key: string;
}

export interface Stage extends Keyed {
  name: Both;
  goal?: Both;
  owner?: string;
  person?: string;
  /** It was guessed from the words of a questionnaire, and nobody has confirmed it. */
  guessed?: boolean;
}

export type Moment = "commercial" | "service";

export interface Step extends Keyed {
  stage: string;
  name: Both;
  expectation?: Both;
  moment?: Moment;
  entry?: unknown[];
  touchpoints?: string[];
  channels?: string[];
  actors?: string[];
  standard?: string;
  cost?: { value: number; currency: string };
  owner?: string;
  person?: string;
}

type LaneKind = "text" | "chips" | "curve" | "number" | "bars";

export interface Lane extends Keyed {
  role: string;
  kind?: LaneKind;
  label: Both;
  locked?: boolean;
  collapsed?: boolean;
  owner?: string;
  person?: string;
}

export interface Evidence {
  kind: string;
  source?: string;
  title?: string;
  quote?: string;
  speaker?: string;
  date?: string;
  url?: string;
}

export interface Money {
  value: number;
  currency: string;
}

/** What a need, a pain, a strength, an opportunity or an action says of itself; which of it, its kind decides. */
export interface CardSaid {
  rung?: string;
  persona?: string;
  importance?: number;
  satisfaction?: number;
  item?: string;
  status?: string;
  severity?: number;
  strength?: number;
  reach?: number;
  frequency?: number;
  at_risk?: Money;
  worth?: Money;
  where?: string;
  stems_from?: string[];
  impact?: number;
  confidence?: number;
  effort?: number;
  value?: number;
  expected?: Both;
  metrics?: string[];
  cost?: Money;
  due?: string;
}

export interface Card extends Keyed {
  lane: string;
  step: string;
  until?: string;
  kind?: string;
  text?: Both;
  image?: string;
  alt?: Both;
  owner?: string;
  person?: string;
  system?: string;
  marks?: string[];
  latent?: boolean;
  refers?: string;
  details?: CardSaid;
  evidence?: Evidence[];
}

export interface Link extends Keyed {
  source: string;
  target: string;
  kind?: string;
  sla?: string;
}

interface Actor extends Keyed {
  name: Both;
}

export interface Scenario extends Keyed {
  who: Both;
  where?: Both;
  when?: Both;
  trigger?: Both;
  goal?: Both;
}

/** A way through the steps; the first happy one counts as planned. */
export interface Path extends Keyed {
  kind: "happy" | "unhappy" | "exception" | "alternative";
  name: Both;
  steps: string[];
  /** Those of them that may be left out. */
  optional?: string[];
}

interface Binding extends Keyed {
  title?: Both;
  lane?: string;
  step?: string;
}

/** A map as the editor works on it: every list is there. */
export interface MapDocument {
  id: string;
  title: Both;
  goal?: Both;
  state?: "as_is" | "to_be";
  status?: "draft" | "in_research" | "live" | "archived";
  owner?: string;
  person?: string;
  /** What departments, and systems, are called in both languages. */
  departments?: Both[];
  systems?: Both[];
  tags?: string[];
  begins?: Both;
  ends?: Both;
  model?: string;
  where?: string;
  stages: Stage[];
  steps: Step[];
  lanes: Lane[];
  cards: Card[];
  links: Link[];
  actors: Actor[];
  scenarios: Scenario[];
  bindings: Binding[];
  paths: Path[];
  votings?: Voting[];
}

export const LISTS = [
  "stages",
  "steps",
  "lanes",
  "cards",
  "links",
  "actors",
  "scenarios",
  "bindings",
  "paths",
] as const;
export type List = (typeof LISTS)[number];

/** A document of the service, with the lists that it leaves out because nothing is in them. */
export function whole(document: Record<string, unknown>): MapDocument {
  const lists = Object.fromEntries(LISTS.map((list) => [list, document[list] ?? []]));
  return { ...document, ...lists } as unknown as MapDocument;
}

/** What is newer, in which whatever is as before is the same object: what shows it need not be drawn again. */
export const shared = <T extends object>(before: T | null, now: T): T =>
  before ? replaceEqualDeep(before, now) : now;

/** The cards of each lane. */
export function cardsByLane(cards: Card[]): Record<string, Card[]> {
  const found: Record<string, Card[]> = {};
  for (const card of cards) {
    const there = found[card.lane];
    if (there) there.push(card);
    else found[card.lane] = [card];
  }
  return found;
}

export const CARD_KINDS = [
  "text",
  "quote",
  "need",
  "pain",
  "gain",
  "insight",
  "idea",
  "opportunity",
  "action",
  "standard",
  "image",
] as const;
export const MARKS = ["fail", "wait", "decision"] as const;
export const LINK_KINDS = ["triggers", "informs", "hands_over"] as const;
export const EVIDENCE_KINDS = [
  "interview",
  "survey",
  "ticket",
  "review",
  "analytics",
  "document",
  "observation",
  "model",
] as const;

const HAN = /\p{Script=Han}/u;

/** A text with what somebody wrote in their language. The other one is kept; while both said the same, it follows. */
export function rewritten(was: Both | undefined, lang: Lang, text: string): Both | null {
  const said = text.trim();
  if (!said) return null;
  if (!was || was.zh === was.en) return { zh: said, en: said };
  return { ...was, [lang]: said };
}

/** The language in which a text is still to be written; none where both are there, or where it reads in both. */
export function untranslated(words: Both | undefined): Lang | null {
  if (!words || words.zh !== words.en || !/\p{L}/u.test(words.zh)) return null;
  return HAN.test(words.zh) ? "en" : "zh";
}

/** A department or a system as it is called in a language; what nobody named in two is called as it is. */
export const calledIn = (
  names: readonly Both[] | undefined,
  name: string | undefined,
  lang: Lang,
): string | undefined => names?.find((one) => one.zh === name || one.en === name)?.[lang] ?? name;

/** The names with one of them so in both languages, in the place of what it was. */
export function withCalled(names: readonly Both[] | undefined, was: string, now: Both): Both[] {
  const others = (names ?? []).filter((one) => one.zh !== was && one.en !== was);
  return now.zh === now.en ? others : [...others, now];
}

/** The key of what fills a place: a cell by itself, or a lane as a whole. */
export const filledBy = (bindings: Binding[], lane: string | undefined, step?: string): string | undefined =>
  lane === undefined ? undefined : bindings.find((one) => one.lane === lane && one.step === step)?.key;

/** Whether nothing supports a card: no evidence, and no question that answers its cell. */
export function assumed(card: Card, bindings: Binding[]): boolean {
  if (card.evidence?.length) return false;
  return !bindings.some((one) => one.lane === card.lane && (!one.step || one.step === card.step));
}

/** A key that no part of the map has. */
export const newKey = (): string => crypto.randomUUID();
