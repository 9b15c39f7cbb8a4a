/** What the form itself says, in the two languages that it speaks; a survey in another one is framed in English. */

import words from "virtual:survey-words";
import { type Say, saying } from "./speaking.ts";

export { chosenOf, nameOf, type Say } from "./speaking.ts";

export const speaker = (language: string): Say => saying(words, language);
