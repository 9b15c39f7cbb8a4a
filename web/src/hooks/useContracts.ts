import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { get, of, send } from "@/api/http";
import type { Of } from "@/api/schemas";
import { useSay } from "@/words/say";
import { keep } from "./keeping";
import { useWorkspaceName } from "./useWorkspace";

export type ContractOf = Of<"ContractOf">;
export type Contract = Of<"Contract">;
export type Mode = ContractOf["mode"];

/** The contracts of the workspace, and how each is held. */
export function useContracts() {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return useQuery({
    queryKey: ["contracts", ws, lang],
    queryFn: ({ signal }) => get<ContractOf[]>(of(ws, "contracts"), { lang }, signal),
  });
}

/** The contract of an event; null where there is none yet. */
export function useContract(event: string) {
  const found = useContracts();
  return { ...found, data: found.data && (found.data.find((one) => one.event === event) ?? null) };
}

/** The contract that the newest events of a name keep. */
export function useLearn(event: string) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return useMutation({
    mutationFn: () => get<ContractOf>(of(ws, "contract-proposals", event), { lang }),
  });
}

/** What a contract would break of the newest events; nothing is saved. */
export function useTryContract() {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return useMutation({
    mutationFn: (contract: Contract) =>
      send<Of<"Tried">>("POST", of(ws, "contracts", "preview"), { contract }, { lang }),
  });
}

export function useSaveContract(event: string) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (saving: { contract: Contract; version: number | null }) =>
      send<ContractOf>("PUT", of(ws, "contracts", event), saving, { lang }),
    onSuccess: async (kept) => {
      client.invalidateQueries({ queryKey: ["catalogue", ws] });
      await keep<ContractOf[]>(client, ["contracts", ws, lang], (all = []) => [
        ...all.filter((one) => one.event !== event),
        kept,
      ]);
    },
  });
}
