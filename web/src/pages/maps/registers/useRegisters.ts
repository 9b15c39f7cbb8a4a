import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { get, of, send } from "@/api/http";
import type { Of } from "@/api/schemas";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { refused } from "@/parts/notice";
import { useSay } from "@/words/say";

export type Register = Of<"MapRegister">;
export type Entry = Of<"RegisterEntry">;
export type Place = Of<"RegisterPlace">;
export type Moment = Of<"RegisterMoment">;
export type Kind = Register["kind"];

export const KINDS: readonly Kind[] = ["need", "pain", "gain", "opportunity", "action"];

/** By what a register is filtered. */
export interface Only {
  map?: string;
  rung?: string;
  persona?: string;
  status?: string;
  effort?: string;
}

export function useRegister(kind: Kind, only: Only = {}) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return useQuery({
    queryKey: ["maps", ws, "registers", kind, only, lang],
    queryFn: ({ signal }) => get<Register>(of(ws, "maps", "registers", kind), { lang, ...only }, signal),
  });
}

export function useMoments() {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return useQuery({
    queryKey: ["maps", ws, "registers", "moments", lang],
    queryFn: ({ signal }) => get<Of<"KeyMoments">>(of(ws, "maps", "registers", "moments"), { lang }, signal),
  });
}

export function useSwot() {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return useQuery({
    queryKey: ["maps", ws, "registers", "swot", lang],
    queryFn: ({ signal }) => get<Of<"MapSwot">>(of(ws, "maps", "registers", "swot"), { lang }, signal),
  });
}

/** What may be done from a register: an edit of the map that something stands on. */
export function useRegisterActions() {
  const ws = useWorkspaceName();
  const client = useQueryClient();
  const edit = useMutation({
    mutationFn: ({ map, ...edit }: { map: string; edit: string; [argument: string]: unknown }) =>
      send("POST", of(ws, "maps", map, "edits"), edit),
    onSuccess: () =>
      Promise.all(
        ["maps", "map", "map-picture", "map-answers"].map((key) =>
          client.invalidateQueries({ queryKey: [key, ws] }),
        ),
      ),
    onError: refused,
  });
  /** Lets one entry stand for another, which is listed once from then on. */
  const same = (one: Place, other: Place) =>
    edit.mutate({
      map: other.map,
      edit: "change",
      part: "cards",
      key: other.id.slice(other.map.length + 1),
      fields: { refers: one.id },
    });
  const aim = (moment: Moment, value: number | null) => {
    const { target, ...binding } = moment.binding ?? {};
    const better = (target as { better?: string } | undefined)?.better;
    edit.mutate({
      map: moment.map,
      edit: "bind",
      binding: value === null ? binding : { ...binding, target: { value, ...(better ? { better } : {}) } },
    });
  };
  return { edit, same, aim };
}
