import { useMutation, useMutationState, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { of, send } from "@/api/http";
import type { Of } from "@/api/schemas";
import { keep } from "@/hooks/keeping";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { refused } from "@/parts/notice";
import { useSay } from "@/words/say";
import { type MapTogether, useTogether } from "../together/useTogether";
import { withDots } from "./dots";

export type Timer = Of<"TimerOf">;
export type OpenVoting = Of<"VotingOf">;

const TICK_MS = 250;

/** What runs on a map for all who work on it, and what can be done with it. What others do comes each second. */
export function useWorkshop(id: string) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  const client = useQueryClient();
  const found = useTogether(id);
  const key = ["map-together", ws, id, lang];
  const know = (news: Partial<MapTogether>) =>
    keep<MapTogether>(client, key, (before) => before && { ...before, ...news });
  const address = (...parts: string[]) => of(ws, "maps", id, ...parts);
  const common = { onError: refused };
  const timer = ["map-timer", ws, id];
  const setTimer = useMutation({
    mutationKey: timer,
    scope: { id: timer.join(" ") },
    mutationFn: (wanted: Of<"TimerSet">) => send<Timer>("PUT", address("timer"), wanted, { lang }),
    onSuccess: (set) => know({ timer: set }),
    ...common,
  });
  const takeTimer = useMutation({
    scope: { id: timer.join(" ") },
    mutationFn: () => send("DELETE", address("timer")),
    onSuccess: () => know({ timer: null }),
    ...common,
  });
  const begin = useMutation({
    mutationFn: (made: Of<"VotingNew">) => send<OpenVoting>("POST", address("voting"), made, { lang }),
    onSuccess: (voting) => know({ voting }),
  });
  const dots = ["map-dots", ws, id];
  const put = useMutation({
    mutationKey: dots,
    scope: { id: dots.join(" ") },
    mutationFn: (given: Of<"DotsGiven">) =>
      send<OpenVoting>("PUT", address("voting", "dots"), given, { lang }),
    onSuccess: (voting) => know({ voting }),
    ...common,
  });
  const end = useMutation({
    mutationFn: () => send("POST", address("voting", "end")),
    onSuccess: async () => {
      await know({ voting: null });
      await client.invalidateQueries({ queryKey: key });
    },
    ...common,
  });
  const drop = useMutation({
    mutationFn: () => send("DELETE", address("voting")),
    onSuccess: () => know({ voting: null }),
    ...common,
  });
  const given = useMutationState({
    filters: { mutationKey: dots, status: "pending" },
    select: ({ state }) => state.variables as Of<"DotsGiven">,
  });
  const wanted = useMutationState({
    filters: { mutationKey: timer, status: "pending" },
    select: ({ state }) => ({ ...(state.variables as Of<"TimerSet">), told: state.submittedAt }),
  }).at(-1);
  const voting = found.data?.voting ?? null;
  const running = found.data?.timer ?? null;
  return {
    /** As it was set last, also before that was answered: one more minute comes on top of the one before. */
    timer: running && { ...running, ...wanted },
    /** When the timer was told, by the clock of this machine. */
    told: wanted?.told ?? found.dataUpdatedAt,
    /** With one's own dots that are still on their way: the next one comes on top of them. */
    voting: voting && withDots(voting, given),
    setTimer,
    takeTimer,
    begin,
    put,
    end,
    drop,
  };
}

/** The seconds a timer has left at this moment. */
export function useLeft(timer: Timer | null, told: number): number {
  const [, tick] = useState(0);
  const running = timer?.running === true;
  useEffect(() => {
    if (!running) return;
    const every = setInterval(() => tick((n) => n + 1), TICK_MS);
    return () => clearInterval(every);
  }, [running]);
  if (!timer) return 0;
  return running ? timer.seconds - (Date.now() - told) / 1_000 : timer.seconds;
}
