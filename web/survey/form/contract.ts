/** What a form is given, and what comes of it. */

import type { Sent, Survey } from "../definition.ts";
import type { Problem } from "../logic/answers.ts";

export interface Progress {
  /** What was answered, hidden questions too: they may be shown again. */
  answers: Record<string, unknown>;
  /** The page, by its place in the definition. */
  at: number;
  language: string;
}

/** What became of answers that were sent. */
export type Outcome =
  /** `follow` is where whoever gave feedback reads what becomes of it. */
  | { is: "accepted"; follow?: string }
  | { is: "refused"; problems: Problem[] }
  /** There are enough answers, or `full`: enough of this kind. */
  | { is: "closed"; text?: string; full?: boolean };

export interface FormOptions {
  survey: Survey;
  /** The response's id, which the order of things follows from. */
  response: string;
  start?: Partial<Progress>;
  /** Something was answered, or another page shown. */
  onProgress?: (progress: Progress, turned: boolean) => void;
  /**
   * Take the answers that stand. `waits` is called where that takes until there is a connection; `trap` is what was
   * written where people see nothing to write in.
   */
  send: (
    answers: Record<string, unknown>,
    language: string,
    waits: () => void,
    trap: string,
  ) => Promise<Outcome>;
  /** Send a file for a question; what is wrong is thrown. */
  upload?: (question: string, file: File) => Promise<Sent>;
  /** Answer once more, on a link that everybody has. */
  again?: () => void;
  /** What the button for that says, by its word. */
  againWord?: string;
  follow?: string;
  close?: () => void;
  /** It stands within a page that has a heading of its own. */
  within?: boolean;
  /** In which language it is read is the affair of the page around it. */
  spoken?: boolean;
  /** Begin at an ending: after all was sent, or where nothing is asked any more. */
  screen?: Screen;
  /** What stands there where nothing is asked any more. */
  ended?: string;
}

export type Screen = "pages" | "thanks" | "closed" | "full" | "waiting";
