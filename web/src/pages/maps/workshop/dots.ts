import type { Of } from "@/api/schemas";

type OpenVoting = Of<"VotingOf">;

/** A voting as it is once the dots that are on their way have come. */
export function withDots(voting: OpenVoting, given: readonly Of<"DotsGiven">[]): OpenVoting {
  if (given.length === 0) return voting;
  const mine = { ...voting.mine };
  for (const { card, dots } of given) mine[card] = dots;
  const put = Object.values(mine).reduce((sum, dots) => sum + dots, 0);
  return { ...voting, mine, left: Math.max(0, voting.dots - put) };
}
