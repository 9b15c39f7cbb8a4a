import type { Of } from "@/api/schemas";

export type Pieces = Of<"FeedbackPieces">;
export type Piece = Of<"FeedbackPiece">;
export type Whole = Of<"FeedbackWhole">;
export type Status = Piece["status"];
export type Kind = Piece["kind"];
export type Decision = Of<"FeedbackDecision">;
export type Publication = Of<"FeedbackPublication">;

export const STATUSES: readonly Status[] = ["new", "seen", "planned", "done", "declined"];
export const KINDS: readonly Kind[] = ["idea", "complaint", "praise", "other"];
export const CLOSED: readonly Status[] = ["done", "declined"];
export const LANGUAGES = [
  ["zh", "中文"],
  ["en", "English"],
] as const;

/** How a status looks. */
export const TONES = {
  new: "accent",
  seen: "plain",
  planned: "mid",
  done: "good",
  declined: "plain",
} as const;

/** Texts by language, without those that say nothing; null where none does. */
export function spoken(texts: Record<string, string>): Record<string, string> | null {
  const said = Object.entries(texts)
    .map(([lang, text]) => [lang, text.trim()])
    .filter(([, text]) => text);
  return said.length ? Object.fromEntries(said) : null;
}
