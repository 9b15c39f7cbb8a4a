import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useState } from "react";
import { of } from "@/api/http";
import { useWorkspaceName } from "./useWorkspace";

const PAUSE_MS = 1_000;

/**
 * The token of the newest snapshot while it is watched: at once, and then another each second at most. What is being
 * answered for one is waited for, so that a slow answer still comes.
 */
export function useNewest(watch: boolean): string | null {
  const ws = useWorkspaceName();
  const client = useQueryClient();
  const [newest, setNewest] = useState<string | null>(null);
  const take = useEffectEvent((token: string) => setNewest(token));
  useEffect(() => {
    if (!watch) return;
    let waits: ReturnType<typeof setTimeout> | undefined;
    let told: string | null = null;
    const pass = () => {
      waits = undefined;
      if (told === null) return;
      if (client.isFetching({ queryKey: ["board-answers", ws] })) {
        waits = setTimeout(pass, PAUSE_MS);
        return;
      }
      take(told);
      told = null;
      waits = setTimeout(pass, PAUSE_MS);
    };
    const stream = new EventSource(`${of(ws)}/live`);
    stream.addEventListener("answer", (event) => {
      told = (JSON.parse((event as MessageEvent<string>).data) as { token: string }).token;
      if (waits === undefined) pass();
    });
    return () => {
      clearTimeout(waits);
      stream.close();
    };
  }, [watch, ws, client]);
  return watch ? newest : null;
}
