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

/** The surveys whose questions there are, the one answered last first: of each which, how many questions, and the first. */
export function surveysOf(rated: readonly Rated[]): { survey: number; n: number; first: string }[] {
  return [...new Set(rated.map((one) => one.survey))].map((survey) => {
    const asked = rated.filter((one) => one.survey === survey);
    return { survey, n: asked.length, first: (asked.find((one) => !one.overall) ?? asked[0])?.name ?? "" };
  });
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
