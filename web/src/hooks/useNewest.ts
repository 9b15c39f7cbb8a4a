import { useEffect, useEffectEvent, useState } from "react";
import { of } from "@/api/http";
import { useWorkspaceName } from "./useWorkspace";

const PAUSE_MS = 3_000;

/** The token of the newest snapshot while it is watched: at most every three seconds another. */
export function useNewest(watch: boolean): string | null {
  const ws = useWorkspaceName();
  const [newest, setNewest] = useState<string | null>(null);
  const take = useEffectEvent((token: string) => setNewest(token));
  useEffect(() => {
    if (!watch) return;
    let waits: ReturnType<typeof setTimeout> | undefined;
    let told: string | null = null;
    const stream = new EventSource(`${of(ws)}/live`);
    stream.addEventListener("answer", (event) => {
      told = (JSON.parse((event as MessageEvent<string>).data) as { token: string }).token;
      waits ??= setTimeout(() => {
        waits = undefined;
        if (told) take(told);
      }, PAUSE_MS);
    });
    return () => {
      clearTimeout(waits);
      stream.close();
    };
  }, [watch, ws]);
  return watch ? newest : null;
}
