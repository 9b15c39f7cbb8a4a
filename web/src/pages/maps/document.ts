import type { Lang } from "@/words/key";
import type { Voting } from "./workshop/results";

/** What people wrote, in both languages. */
export type Said = Record<Lang, string>;

/** As much of a map's document as the pages about it read. */
export interface MapDocument {
  title: Said;
  goal?: Said;
  state?: "as_is" | "to_be";
  status?: "draft" | "in_research" | "live" | "archived";
  owner?: string;
  scenarios?: { key: string; who: Said; where?: Said; when?: Said; trigger?: Said; goal?: Said }[];
  stages?: { key: string; name: Said; goal?: Said; guessed?: boolean }[];
  steps?: { key: string; stage: string; name: Said; moment?: "commercial" | "service" }[];
  lanes?: { key: string; role: string; kind?: string; label: Said; collapsed?: boolean }[];
  cards?: { key: string; lane: string; step: string; kind?: string; text?: Said; evidence?: unknown[] }[];
  personas?: string[];
  verdicts?: { step: string }[];
  frames?: { key: string; title: Said; text?: Said }[];
  votings?: Voting[];
}
