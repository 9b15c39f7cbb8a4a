import { useEvents } from "@/hooks/useEvents";
import { type Rated, useRated } from "../draw";
import type { Lane, MapDocument } from "../editor/document";
import type { Binding, Shown } from "./useBinding";
import { useChoices } from "./useBinding";

/** By what a step is shown: events, the answers to a question, comments on a topic. */
export const WAYS = ["event", "question", "topic"] as const;
export type Way = (typeof WAYS)[number];

export interface Rule {
  events?: string[];
  where?: string;
}

interface Showable {
  pending: boolean;
  error: Error | null;
  /** The ways for which the workspace has something. */
  ways: Way[];
  questions: Rated[];
  topics: Shown[];
  choices: Shown[];
}

/** What the workspace has that a step can be shown with. */
export function useShowable(id: string): Showable {
  const events = useEvents();
  const rated = useRated(true);
  const choices = useChoices(id);
  const all = choices.data?.choices ?? [];
  const questions = rated.data ?? [];
  const topics = all.filter((one) => one.group === "texts" && "where" in one.spec);
  const some = { event: events.data?.length, question: questions.length, topic: topics.length };
  return {
    pending: events.isPending || rated.isPending || choices.isPending,
    error: events.error ?? rated.error ?? choices.error,
    ways: WAYS.filter((one) => some[one]),
    questions,
    topics,
    choices: all,
  };
}

/** Whether anything shows a step of the map: without, no number has a place. */
export const anyShown = ({ steps }: Pick<MapDocument, "steps">): boolean =>
  steps.some((one) => one.entry?.length || one.touchpoints?.length);

/** By what the rules of a step show it now; none: nothing does. */
export function wayOf(rules: readonly Rule[], questions: readonly Rated[]): Way | null {
  const [first] = rules;
  if (!first) return null;
  if (first.events?.length) return "event";
  return questions.some((one) => one.where === first.where) ? "question" : "topic";
}

/**
 * The edit that shows what was answered to a question: in the lane of feelings where nothing fills it, else in a new
 * lane; none where its scale is on the map already, or has no feelings.
 */
export function scored(
  map: { lanes: Lane[]; bindings: Binding[] },
  scale: string,
  choices: readonly Shown[],
  feelings: string,
) {
  const choice = choices.find((one) => one.group === "scales" && one.spec.scale === scale);
  const there = map.bindings.some((one) => (one.spec as { scale?: string }).scale === scale && one.lane);
  if (!choice || there) return null;
  const taken = new Set(map.bindings.map((one) => one.lane));
  const free = map.lanes.find((one) => one.kind === "curve" && !taken.has(one.key) && !one.locked);
  const asked = { analysis: choice.analysis, spec: choice.spec };
  if (free) return { edit: "bind", binding: { ...asked, lane: free.key } };
  const label = { zh: feelings, en: feelings };
  return {
    edit: "bind",
    binding: { ...asked, lane: scale },
    lane: { role: "feelings", kind: "curve", label },
  };
}
