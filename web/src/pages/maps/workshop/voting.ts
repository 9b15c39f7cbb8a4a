import { createContext, useContext } from "react";
import type { OpenVoting } from "./useWorkshop";

/** What cards show of votings: the one that is on, or the dots of the last one. */
interface VotingHere {
  open: OpenVoting | null;
  /** The dots of the voting that was ended last, where they are to be seen. */
  results: ReadonlyMap<string, number> | null;
  put: (card: string, dots: number) => void;
}

const NONE: VotingHere = { open: null, results: null, put: () => undefined };

export const Voting = createContext<VotingHere>(NONE);

/** What a card shows of votings; one without a voting, and without dots, nothing. */
export function useVotingOn(card: { key: string; lane: string }) {
  const { open, results, put } = useContext(Voting);
  const on = open?.lanes.includes(card.lane) ? open : null;
  return {
    mine: on ? (on.mine[card.key] ?? 0) : null,
    left: on?.left ?? 0,
    got: on ? undefined : results?.get(card.key),
    put: (dots: number) => put(card.key, dots),
  };
}
