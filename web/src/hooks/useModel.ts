import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { get, of, send } from "@/api/http";
import type { Of } from "@/api/schemas";
import type { Answer } from "@/api/types";
import { useSay } from "@/words/say";
import { keep } from "./keeping";
import { useWorkspaceName } from "./useWorkspace";

export type Model = Of<"ModelOf">;
type Preview = Omit<Of<"ChangePreview">, "answer"> & { answer: Answer };

/** A journey model with its stages and rules. */
export function useModel(key: string) {
  const ws = useWorkspaceName();
  return useQuery({
    queryKey: ["models", ws, "one", key],
    queryFn: ({ signal }) => get<Model>(of(ws, "models", key), undefined, signal),
  });
}

/** The models that every workspace can use. */
export function usePresets() {
  const ws = useWorkspaceName();
  return useQuery({
    queryKey: ["model-presets", ws],
    queryFn: ({ signal }) => get<Of<"Preset">[]>(of(ws, "model-presets"), undefined, signal),
  });
}

export type Channel = Of<"ChannelOf">;

/** The channels that the default model knows, and those that only events name. */
export function useChannels() {
  const ws = useWorkspaceName();
  return useQuery({
    queryKey: ["channels", ws],
    queryFn: ({ signal }) => get<Channel[]>(of(ws, "channels"), undefined, signal),
  });
}

/** What a channel is called: as the workspace names it, else as all know it, else as events say it. */
export function useChannelName() {
  const say = useSay();
  const channels = useChannels().data ?? [];
  return (key: string) => {
    const named = channels.find((one) => one.key === key)?.name[say.lang];
    return named && named !== key ? named : say.known(`web.channels.${key}`, key);
  };
}

/** Say what a channel is called. */
export function useNameChannel() {
  const ws = useWorkspaceName();
  const client = useQueryClient();
  return useMutation({
    // Each answer holds all channels: they come in the order of the changes.
    scope: { id: `channels ${ws}` },
    mutationFn: ({ key, ...naming }: Of<"Naming"> & { key: string }) =>
      send<Channel[]>("PUT", of(ws, "channels", key), naming),
    onSuccess: async (channels) => {
      for (const changed of ["models", "fields", "field-values"])
        client.invalidateQueries({ queryKey: [changed, ws] });
      await keep(client, ["channels", ws], channels);
    },
  });
}

export function useModelActions(key: string) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  const client = useQueryClient();
  const preview = useMutation({
    mutationFn: (document: Model["document"]) =>
      send<Preview>("POST", of(ws, "models", key, "preview"), { document }, { lang }),
  });
  const save = useMutation({
    mutationFn: ({ document, main }: { document: Model["document"]; main: boolean }) =>
      send<Model>("PUT", of(ws, "models", key), { document, default: main }),
    onSuccess: () => {
      for (const changed of ["models", "workspace", "fields", "channels"])
        client.invalidateQueries({ queryKey: [changed, ws] });
    },
  });
  return { preview, save };
}
