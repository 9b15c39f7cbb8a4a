import type { Of } from "@/api/schemas";

export type Row = Of<"InterviewRow">;
export type Interview = Of<"InterviewOf">;
export type Highlight = Of<"HighlightOf">;
export type Turn = Of<"TurnOf">;
export type Speaker = Of<"SpeakerOf">;
export type Read = Of<"FileRead">;
export type Quotes = Of<"Quotes">;
export type Code = Of<"CodeOf">;
export type Coding = Required<Of<"Coding">>;
export type Colour = Code["colour"];
export type Form = Row["form"];
export type Citation = Required<Of<"Citation">>;

export const FORMS: Form[] = ["interview", "note", "document"];
export const COLOURS: Colour[] = ["yellow", "green", "blue", "pink", "purple"];

/** What the files of recordings are called at their ends. */
export const SOUNDS = ".mp3,.m4a,.wav,.ogg,.opus,.flac,.webm,.aac,.amr";

export function isSound(name: string): boolean {
  return SOUNDS.split(",").some((ending) => name.toLowerCase().endsWith(ending));
}
