import { useQuery } from "@tanstack/react-query";
import { get, of } from "@/api/http";
import type { Of } from "@/api/schemas";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { useSay } from "@/words/say";

export type Rated = Of<"MapQuestion">;
export type Steps = Of<"SurveyStep">[];

export const SOURCES = ["survey", "model", "behaviour"] as const;
export type Source = (typeof SOURCES)[number];

/** The questions of surveys that customers rated: what a map's steps can be. */
export function useRated(enabled: boolean) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return useQuery({
    queryKey: ["maps", ws, "questions", lang],
    queryFn: ({ signal }) => get<Rated[]>(of(ws, "maps", "questions"), { lang }, signal),
    enabled,
  });
}

export interface Line extends Rated {
  taken: boolean;
}

export interface Survey {
  survey: number;
  /** How many of its questions are rated. */
  n: number;
  /** How many answered the question that most did. */
  answers: number;
  /** What its first step is called. */
  first: string;
  /** Whether a map shows all that can be steps. */
  drawn: boolean;
}

/** The surveys whose questions there are, the one answered last first. */
export function surveysOf(rated: readonly Rated[]): Survey[] {
  return [...new Set(rated.map((one) => one.survey))].map((survey) => {
    const asked = rated.filter((one) => one.survey === survey);
    const parts = asked.filter((one) => !one.overall);
    return {
      survey,
      n: asked.length,
      answers: Math.max(...asked.map((one) => one.n)),
      first: (parts[0] ?? asked[0])?.name ?? "",
      drawn: parts.length > 0 && parts.every((one) => one.drawn),
    };
  });
}

/** Which survey is proposed: the one that has a question, else of those that no map shows the one with most answers. */
export function surveyFor(rated: readonly Rated[], question: string | null): number {
  const asked = rated.find((one) => one.question === question);
  if (asked) return asked.survey;
  const surveys = surveysOf(rated);
  const open = surveys.filter((one) => !one.drawn);
  const [first] = [...(open.length ? open : surveys)].sort((a, b) => b.answers - a.answers);
  return first?.survey ?? 0;
}

/** A survey's questions as they are proposed: each a step, but for those about everything at once. */
export function proposed(rated: readonly Rated[], survey = 0): Line[] {
  let before = "";
  const asked = rated.filter((one) => one.survey === survey);
  return asked.map((one) => {
    const stage = one.overall || one.stage === before ? "" : one.stage;
    if (one.stage && !one.overall) before = one.stage;
    return { ...one, stage, taken: !one.overall };
  });
}

/** What the stages of some lines were guessed from; null where the survey tells them, or where there are none. */
export function guessedFrom(lines: readonly Line[]): "beginning" | "words" | null {
  const by = lines.find((one) => one.by)?.by;
  return by === "beginning" || by === "words" ? by : null;
}

/** All in one stage, which is called as the map is. */
export function inOneStage(lines: readonly Line[]): Line[] {
  return lines.map((one) => ({ ...one, stage: "" }));
}

/** What is sent of them. */
export function stepsOf(lines: readonly Line[]): Steps {
  return lines
    .filter((one) => one.taken)
    .map(({ question, name, stage }) => ({ question, name: name.trim(), stage: stage.trim() }));
}
