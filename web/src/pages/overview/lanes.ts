import type { Figure, Stage } from "./types";

/** A scale that something was said on, in any of the stages. */
interface FeelingLane {
  scale: string | null;
  title: string;
  /** By stage; none where nobody was asked. */
  at: (Figure | undefined)[];
}

/** One lane for each scale: what was asked on different scales is never one curve. */
export function feelingLanes(stages: Stage[]): FeelingLane[] {
  const lanes = new Map<string | null, FeelingLane>();
  stages.forEach((stage, place) => {
    for (const felt of stage.feelings ?? []) {
      const lane = lanes.get(felt.of) ?? { scale: felt.of, title: felt.title, at: [] };
      lane.at[place] = felt;
      lanes.set(felt.of, lane);
    }
  });
  return [...lanes.values()].map((lane) => ({ ...lane, at: stages.map((_, place) => lane.at[place]) }));
}
