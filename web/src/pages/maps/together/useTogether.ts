import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useEffectEvent, useRef, useState } from "react";
import { depart, get, of, send } from "@/api/http";
import { ProblemError, refusedBy } from "@/api/problem";
import type { Of } from "@/api/schemas";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { useSay } from "@/words/say";

export type MapTogether = Of<"MapTogether">;
export type MapChanges = Of<"MapChanges">;
export type PersonHere = Of<"PersonHere">;
export type Lock = Of<"LockOf">;

const EVERY_MS = 1_000;
const RENEW_MS = 5_000;

/** By which the service tells this tab from the other tabs of the same browser. */
const TAB = Array.from(crypto.getRandomValues(new Uint8Array(16)), (one) =>
  one.toString(16).padStart(2, "0"),
).join("");

/** Where in which map whoever is here is just now, and how many parts of the page watch it. */
const places = new Map<string, string>();
const sights = new Map<string, string>();
const watchers = new Map<string, number>();

/** Note what is in the middle of what one sees of a map, as `lane/step`: others are told with the next word. */
export function sees(id: string, sight: string): void {
  sights.set(id, sight);
}

/**
 * What happens on a map now: asked each second while the tab is looked at, and with the same request the others are
 * told that one is here.
 */
export function useTogether(id: string) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  useEffect(() => {
    const address = of(ws, "maps", id, "here", TAB);
    const leave = () => depart(address);
    watchers.set(id, (watchers.get(id) ?? 0) + 1);
    window.addEventListener("pagehide", leave);
    return () => {
      window.removeEventListener("pagehide", leave);
      const left = (watchers.get(id) ?? 1) - 1;
      watchers.set(id, left);
      if (left === 0) leave();
    };
  }, [ws, id]);
  return useQuery({
    queryKey: ["map-together", ws, id, lang],
    queryFn: ({ signal }) => {
      const here = { tab: TAB, place: places.get(id) ?? "", sight: sights.get(id) ?? "" };
      return send<MapTogether>("POST", of(ws, "maps", id, "here"), here, { lang }, signal);
    },
    refetchInterval: ({ state }) =>
      state.error instanceof ProblemError && state.error.status < 500 ? false : EVERY_MS,
    staleTime: EVERY_MS,
    retry: false,
  });
}

/**
 * Who has the map open, whoever is here first.
 *
 * @param place what of the map one is at: `cards/c1`, `cells/said/pay`, `steps/pay`; others see it.
 */
export function usePresence(id: string, place?: string): PersonHere[] {
  const found = useTogether(id);
  const tell = useEffectEvent(() => {
    found.refetch();
  });
  useEffect(() => {
    if (place === undefined) return;
    places.set(id, place);
    tell();
    return () => {
      places.delete(id);
    };
  }, [id, place]);
  return found.data?.people ?? [];
}

export interface CardLock {
  /** Who else types in the card; null: it is free, or one's own. */
  holder: Lock | null;
  mine: boolean;
  /** Lock it; null once one has it, else who does. */
  take: () => Promise<Lock | null>;
  /** Say that one goes on typing, with each key: the lock is renewed now and then. */
  typing: () => void;
  /** Let go of it. */
  free: () => void;
}

/** The lock of a card. It ends when `free` is called, when the component goes, or some seconds after the last key. */
export function useLock(id: string, card: string | null): CardLock {
  const ws = useWorkspaceName();
  const client = useQueryClient();
  const found = useTogether(id);
  const [mine, setMine] = useState(false);
  const renewed = useRef(0);
  const address = card === null ? null : of(ws, "maps", id, "locks", card);
  const { refetch } = found;

  const take = useCallback(async (): Promise<Lock | null> => {
    if (address === null) return null;
    renewed.current = Date.now();
    try {
      await send<Lock>("PUT", address);
      setMine(true);
      return null;
    } catch (error) {
      renewed.current = 0;
      setMine(false);
      if (!refusedBy(error as Error, ["card_locked"])) throw error;
      const now = await refetch();
      return now.data?.locks.find((one) => one.card === card && !one.yours) ?? null;
    }
  }, [address, card, refetch]);

  const typing = useCallback(() => {
    if (Date.now() - renewed.current > RENEW_MS) take().catch(() => undefined);
  }, [take]);

  const free = useCallback(() => {
    if (address === null || renewed.current === 0) return;
    renewed.current = 0;
    setMine(false);
    depart(address);
    client.invalidateQueries({ queryKey: ["map-together", ws, id] });
  }, [address, client, ws, id]);

  useEffect(() => free, [free]);

  const holder = found.data?.locks.find((one) => one.card === card && !one.yours) ?? null;
  return { holder, mine: mine && holder === null, take, typing, free };
}

/**
 * What others do to the map while it is open.
 *
 * @param known the step of the map that one has; undefined while there is none.
 * @param onChanges is given the edits behind it, one's own among them where they were made elsewhere: in another tab.
 */
export function useOthersChanges(
  id: string,
  known: number | undefined,
  onChanges: (changes: MapChanges) => void,
) {
  const ws = useWorkspaceName();
  const step = useTogether(id).data?.step ?? 0;
  const behind = known !== undefined && step > known;
  const take = useEffectEvent(onChanges);
  const found = useQuery({
    queryKey: ["map-changes", ws, id, known, step],
    queryFn: ({ signal }) => get<MapChanges>(of(ws, "maps", id, "changes"), { after: known }, signal),
    enabled: behind,
    gcTime: 0,
  });
  useEffect(() => {
    if (found.data) take(found.data);
  }, [found.data]);
}

/** Looks at the map anew whenever somebody else has edited it: for pages that show it and do not edit. */
export function useKeptFresh(id: string, known: number | undefined) {
  const ws = useWorkspaceName();
  const client = useQueryClient();
  useOthersChanges(id, known, () => {
    for (const kind of ["map", "map-picture", "map-answers", "map-history"]) {
      client.invalidateQueries({ queryKey: [kind, ws, id] });
    }
  });
}
