import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { get, of, send } from "@/api/http";
import { keep } from "@/hooks/keeping";
import { useMakeWorkspace } from "@/hooks/useMakeWorkspace";
import { useSession } from "@/hooks/useSession";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { useSay } from "@/words/say";
import type { Looked, Preview, Upload } from "../types";
import type { Mapping } from "./mapping";
import { titleOf, unlike } from "./titled";
import type { Where } from "./Where";

const EACH = 700;
const RUNNING = "importing";

/** Bring a file, and go to where its columns are looked at; into a workspace of its own where that is wished. */
export function useSend(has: string | null, where: Where = "here") {
  const here = useWorkspaceName();
  const make = useMakeWorkspace();
  const { lang } = useSay();
  const go = useNavigate();
  const client = useQueryClient();
  const known = useSession().data?.workspaces.map((one) => one.titles[lang]) ?? [];
  return useMutation({
    mutationFn: async (file: File) => {
      const form = new FormData();
      form.append("file", file);
      const ws = where === "new" ? (await make.mutateAsync(unlike(titleOf(file.name), known))).name : here;
      return { ws, found: await send<Looked>("POST", of(ws, "uploads"), form, { lang, has }) };
    },
    onSuccess: ({ ws, found }) => {
      client.setQueryData(["upload-columns", ws, found.id, has, lang], found);
      go(`/w/${encodeURIComponent(ws)}/start/upload/${found.id}${has ? `?has=${has}` : ""}`);
    },
  });
}

/** What is in a file, and what each column is taken for. */
export function useColumns(id: string, has: string | null) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return useQuery({
    queryKey: ["upload-columns", ws, id, has, lang],
    queryFn: ({ signal }) => get<Looked>(of(ws, "uploads", id, "columns"), { lang, has }, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** What a mapping would make of the file. */
export function usePreview(id: string, mapping: Mapping, enabled: boolean) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return useQuery({
    queryKey: ["upload-preview", ws, id, mapping, lang],
    queryFn: ({ signal }) =>
      send<Preview>("POST", of(ws, "uploads", id, "preview"), { mapping }, { lang }, signal),
    enabled,
    placeholderData: keepPreviousData,
    retry: false,
  });
}

/** How far an upload is; asked again as long as it is being imported. */
export function useUpload(id: string) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return useQuery({
    queryKey: ["upload", ws, id, lang],
    queryFn: ({ signal }) => get<Upload>(of(ws, "uploads", id), { lang }, signal),
    refetchInterval: (query) => (query.state.data?.state === RUNNING ? EACH : false),
  });
}

/** Begin to import. */
export function useImport(id: string) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (mapping: Mapping) =>
      send<Upload>("POST", of(ws, "uploads", id, "import"), { mapping }, { lang }),
    onSuccess: (upload) => keep(client, ["upload", ws, id, lang], upload),
  });
}
