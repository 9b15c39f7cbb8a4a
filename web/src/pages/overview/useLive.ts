import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { of } from "@/api/http";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import type { Arrivals } from "./types";

const EACH = 2_000;
const KEPT = 150;

/** How many came in, by moment: the whole and each source, the newest last. */
export interface Live {
  state: "opening" | "open" | "lost";
  /** Events in the last minute; null before anything was told. */
  now: number | null;
  all: number[];
  sources: { source: string | null; now: number; past: number[] }[];
}

const NONE: Live = { state: "opening", now: null, all: [], sources: [] };

/** What comes in now, as the service tells it; what was counted before is counted again when there is more. */
export function useLive(token: string | undefined): Live {
  const ws = useWorkspaceName();
  const client = useQueryClient();
  const [live, setLive] = useState(NONE);
  const counted = useRef(token);
  counted.current = token;

  useEffect(() => {
    let told: Arrivals | null = null;
    let state: Live["state"] = "opening";
    let newest: string | null = null;
    const stream = new EventSource(of(ws, "live"));
    stream.onopen = () => {
      state = "open";
    };
    stream.onerror = () => {
      state = "lost";
    };
    stream.addEventListener("arrivals", (event) => {
      told = JSON.parse(event.data);
      setLive((before) => ({ ...before, state: "open", now: before.now ?? told?.last_minute ?? null }));
    });
    stream.addEventListener("answer", (event) => {
      newest = JSON.parse(event.data).token;
    });
    const beat = setInterval(() => {
      setLive((before) => later(before, told, state));
      // Asked until it is there: of a large workspace the service counts anew every few seconds only.
      if (!newest || !counted.current || newest === counted.current) return;
      for (const what of ["overview", "workspace"]) client.invalidateQueries({ queryKey: [what, ws] });
    }, EACH);
    return () => {
      clearInterval(beat);
      stream.close();
      setLive(NONE);
    };
  }, [ws, client]);
  return live;
}

/** One moment on: what is told now stands at the end. */
export function later(before: Live, told: Arrivals | null, state: Live["state"]): Live {
  if (!told) return { ...before, state };
  const counts = new Map<string | null, number>(before.sources.map(({ source }) => [source, 0]));
  for (const { source, last_minute } of told.by) counts.set(source, (counts.get(source) ?? 0) + last_minute);
  const sources = [...counts]
    .map(([source, now]) => {
      const known = before.sources.find((one) => one.source === source)?.past ?? before.all.map(() => 0);
      return { source, now, past: [...known, now].slice(-KEPT) };
    })
    .filter(({ past }) => past.some(Boolean));
  return {
    state,
    now: told.last_minute,
    all: [...before.all, told.last_minute].slice(-KEPT),
    sources: sources.sort((one, other) => other.now - one.now),
  };
}
