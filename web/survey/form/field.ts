/** What every kind of question is given, and makes of it. */

import type { Question, Sent } from "../definition.ts";
import type { SheetQuestion } from "../logic/evaluate.ts";
import type { Say } from "./words.ts";

export interface Asking<Kind extends Question = Question> {
  question: Kind;
  sheet: SheetQuestion;
  /** The answer so far, whatever it is. */
  answer: unknown;
  /** Begins the ids and names of its elements. */
  id: string;
  say: Say;
  text: (text: Record<string, string> | null | undefined) => string;
  /** Take an answer; nothing where it is taken back. */
  set: (answer: unknown) => void;
  /** Send a file; what is wrong is thrown. */
  upload?: (file: File) => Promise<Sent>;
  /** Have screen readers say something. */
  tell: (text: string) => void;
}

export interface Field {
  /** What is below the title. */
  body: HTMLElement;
  /** The one control that the title names; a group where there is none. */
  control?: HTMLElement;
  /** Whether an answer once given cannot be taken back on its own, as with radio buttons. */
  stays?: boolean;
  /** Show the first of its parts that lacks an answer. */
  reveal?: () => void;
  /** How many of its parts lack one, those that are not shown too. */
  missing?: () => number;
}
