/** A survey as its published schema has it (`survey.schema.json`): what the server sends and the editor makes. */

/** By language; `{q1}` stands for the answer to `q1`. */
export type Text = Record<string, string>;

export interface Option {
  key: string;
  text: Text;
  fixed?: boolean;
  alone?: boolean;
}

export interface Asked {
  key: string;
  title: Text;
  help?: Text | null;
  required?: boolean;
  show_if?: string | null;
  touchpoint?: string | null;
  event?: string | null;
}

interface Ends {
  low?: Text | null;
  high?: Text | null;
}

interface Chosen {
  options: Option[];
  shuffle?: boolean;
}

export type Nps = Asked & Ends & { kind: "nps" };
export type Csat = Asked & Ends & { kind: "csat"; points?: number };
export type Ces = Asked & Ends & { kind: "ces"; wording?: "ease" | "effort" };
export type Rating = Asked &
  Ends & { kind: "rating"; points?: number; look?: "stars" | "numbers"; named_scale?: string | null };
export type Emoji = Asked & Ends & { kind: "emoji" };
export type Servqual = Asked & {
  kind: "servqual";
  items: (Option & { dimension: string })[];
  sides?: string[];
  points?: number;
};
export type Kano = Asked & { kind: "kano"; functional: Text; dysfunctional: Text };
export type Matrix = Asked & {
  kind: "matrix";
  rows: Option[];
  points?: number | null;
  columns?: Option[] | null;
  named_scale?: string | null;
  shuffle?: boolean;
};
export type Single = Asked & Chosen & { kind: "single"; other?: boolean };
export type Multi = Asked & Chosen & { kind: "multi"; other?: boolean; least?: number; most?: number | null };
export type Ranking = Asked & Chosen & { kind: "ranking"; top?: number | null };
export type MaxDiff = Asked & {
  kind: "maxdiff";
  options: Option[];
  size?: number;
  sets?: number | null;
  best?: Text | null;
  worst?: Text | null;
};
export type Comment = Asked & { kind: "text"; lines?: "one" | "several"; longest?: number };
export type NumberAsked = Asked & {
  kind: "number";
  low?: number | null;
  high?: number | null;
  whole?: boolean;
  unit?: Text | null;
};
export type DateAsked = Asked & { kind: "date"; low?: string | null; high?: string | null };
export type FileAsked = Asked & {
  kind: "file";
  accepts?: ("image" | "pdf" | "text")[];
  megabytes?: number;
  files?: number;
};
/** A file as the service told it when it was sent. */
export interface Sent {
  file: string;
  name: string;
  type: string;
  bytes: number;
}
export type Consent = Asked & { kind: "consent"; category: string };

export type Scored = Nps | Csat | Ces | Rating | Emoji;
export type Question =
  | Scored
  | Servqual
  | Kano
  | Matrix
  | Single
  | Multi
  | Ranking
  | MaxDiff
  | Comment
  | NumberAsked
  | DateAsked
  | FileAsked
  | Consent;
export type Kind = Question["kind"];

export interface Page {
  title?: Text | null;
  description?: Text | null;
  show_if?: string | null;
  shuffle?: boolean;
  questions: Question[];
}

/** How many responses of a kind are wanted; the service counts. */
export interface Quota {
  key: string;
  when?: string | null;
  most: number;
  closing?: Text | null;
}

export interface Survey {
  format?: 1;
  key: string;
  version?: number;
  title: Text;
  description?: Text | null;
  languages?: string[];
  touchpoint?: string | null;
  channel?: string | null;
  anonymous?: boolean;
  pages: Page[];
  purpose?: "survey" | "feedback";
  hidden?: string[];
  quotas?: Quota[];
  thanks?: Text | null;
}

export const FILE_TYPES = {
  image: ["image/png", "image/jpeg", "image/webp"],
  pdf: ["application/pdf"],
  text: ["text/plain", "text/csv"],
} as const;

export function typesOf({ accepts = ["image", "pdf"] }: FileAsked): string[] {
  return accepts.flatMap((one) => [...FILE_TYPES[one]]);
}

export const KANO = ["like", "must_be", "neutral", "live_with", "dislike"] as const;
export const HALVES = ["functional", "dysfunctional"] as const;
export const SIDES = ["expectation", "perception"];

/** The answer of a respondent in their own words: `{other: "…"}`; in conditions, the option of that key. */
export const OTHER = "other";

export function languagesOf(survey: Survey): string[] {
  return survey.languages ?? ["zh", "en"];
}

export function questionsOf(survey: Survey): Question[] {
  return survey.pages.flatMap((page) => page.questions);
}

/** The lowest and the highest answer to a question, a statement or a row. */
export function endsOf(question: Scored | Servqual | Matrix): [number, number] {
  switch (question.kind) {
    case "nps":
      return [0, 10];
    case "ces":
      return [1, 7];
    case "emoji":
      return [-2, 2];
    case "servqual":
      return [1, question.points ?? 7];
    case "matrix":
      return [1, question.points ?? 1];
    default:
      return [1, question.points ?? 5];
  }
}
