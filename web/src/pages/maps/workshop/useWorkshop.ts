import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { of, send } from "@/api/http";
import type { Of } from "@/api/schemas";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { refused } from "@/parts/notice";
import { useSay } from "@/words/say";
import { type MapTogether, useTogether } from "../together/useTogether";

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
    client.setQueryData<MapTogether>(key, (before) => before && { ...before, ...news });
  const address = (...parts: string[]) => of(ws, "maps", id, ...parts);
  const common = { onError: refused };
  const setTimer = useMutation({
    mutationFn: (wanted: Of<"TimerSet">) => send<Timer>("PUT", address("timer"), wanted, { lang }),
    onSuccess: (timer) => know({ timer }),
    ...common,
  });
  const takeTimer = useMutation({
    mutationFn: () => send("DELETE", address("timer")),
    onSuccess: () => know({ timer: null }),
    ...common,
  });
  const begin = useMutation({
    mutationFn: (made: Of<"VotingNew">) => send<OpenVoting>("POST", address("voting"), made, { lang }),
    onSuccess: (voting) => know({ voting }),
  });
  const put = useMutation({
    mutationFn: (given: Of<"DotsGiven">) =>
      send<OpenVoting>("PUT", address("voting", "dots"), given, { lang }),
    onSuccess: (voting) => know({ voting }),
    ...common,
  });
  const end = useMutation({
    mutationFn: () => send("POST", address("voting", "end")),
    onSuccess: () => {
      know({ voting: null });
      return client.invalidateQueries({ queryKey: key });
    },
    ...common,
  });
  const drop = useMutation({
    mutationFn: () => send("DELETE", address("voting")),
    onSuccess: () => know({ voting: null }),
    ...common,
  });
  return {
    timer: found.data?.timer ?? null,
    /** When the timer was told, by the clock of this machine. */
    told: found.dataUpdatedAt,
    voting: found.data?.voting ?? null,
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
