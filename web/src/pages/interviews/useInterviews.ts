import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { get, of, send } from "@/api/http";
import { keep } from "@/hooks/keeping";
import { useWorkspaceName } from "@/hooks/useWorkspace";
import { useSay } from "@/words/say";
import type { Coding, Form, Interview, Quotes, Read, Row } from "./types";

/** What is sent to be kept. */
export type Draft = Pick<Read, "title" | "text" | "file" | "sha256" | "times" | "pages"> & {
  form: Form;
  date: string;
  customer: string | null;
  citation: NonNullable<Read["citation"]>;
  speakers: NonNullable<Interview["speakers"]>;
};

export function useInterviews(search: string, form: Form | null) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return useQuery({
    queryKey: ["interviews", ws, search, form, lang],
    queryFn: ({ signal }) => get<Row[]>(of(ws, "interviews"), { search, form, lang }, signal),
    placeholderData: keepPreviousData,
  });
}

export function useInterview(id: string) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return useQuery({
    queryKey: ["interview", ws, id, lang],
    queryFn: ({ signal }) => get<Interview>(of(ws, "interviews", id), { lang }, signal),
    retry: false,
  });
}

export interface Asked {
  code?: string | null;
  search?: string;
  interview?: string;
}

/** The highlights of all texts, and the code book. */
export function useQuotes(asked: Asked) {
  const ws = useWorkspaceName();
  return useQuery({
    queryKey: ["highlights", ws, asked],
    queryFn: ({ signal }) => get<Quotes>(of(ws, "highlights"), { ...asked }, signal),
    placeholderData: keepPreviousData,
  });
}

/** Where the same highlights come as a file. */
export function useExportAddress() {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return (format: "csv" | "json" | "markdown", asked: Asked) => {
    const given = Object.entries({ ...asked, lang, format }).filter(([, value]) => value);
    return `${of(ws, "highlights", "export")}?${new URLSearchParams(given as [string, string][])}`;
  };
}

/** Look into a file; bring a text in, change it, remove it; call a code otherwise. */
export function useInterviewActions() {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  const client = useQueryClient();
  const changed = () => {
    client.invalidateQueries({ queryKey: ["interviews", ws] });
    client.invalidateQueries({ queryKey: ["highlights", ws] });
  };
  const kept = (text: Interview) => {
    changed();
    return keep(client, ["interview", ws, text.id, lang], text);
  };
  const read = useMutation({
    mutationFn: (file: File) => {
      const form = new FormData();
      form.append("file", file);
      return send<Read>("POST", of(ws, "interviews", "read"), form, { lang });
    },
  });
  const add = useMutation({
    mutationFn: (draft: Draft) => send<Interview>("POST", of(ws, "interviews"), draft, { lang }),
    onSuccess: kept,
  });
  const put = useMutation({
    mutationFn: ({
      id,
      ...changes
    }: { id: string; version: number } & Omit<Draft, "times" | "pages" | "file" | "sha256">) =>
      send<Interview>("PUT", of(ws, "interviews", id), changes, { lang }),
    onSuccess: kept,
  });
  const remove = useMutation({
    mutationFn: (id: string) => send<void>("DELETE", of(ws, "interviews", id)),
    onSuccess: changed,
  });
  const rename = useMutation({
    mutationFn: (codes: { code: string; becomes: string }) =>
      send<Quotes>("POST", of(ws, "highlights", "codes"), codes, { lang }),
    onSuccess: () => {
      changed();
      client.invalidateQueries({ queryKey: ["interview", ws] });
    },
  });
  const record = useMutation({
    mutationFn: ({ id, file }: { id: string; file: File }) => {
      const form = new FormData();
      form.append("file", file);
      return send<Interview>("PUT", of(ws, "interviews", id, "recording"), form, { lang });
    },
    onSuccess: kept,
  });
  const unrecord = useMutation({
    mutationFn: (id: string) =>
      send<Interview>("DELETE", of(ws, "interviews", id, "recording"), undefined, { lang }),
    onSuccess: kept,
  });
  return { read, add, put, remove, rename, record, unrecord };
}

export interface Passage extends Coding {
  start: number;
  end: number;
  quote: string;
}

/** Mark passages of a text, say what they are about, unmark them. */
export function useMarking(id: string) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  const client = useQueryClient();
  const onSuccess = (text: Interview) => {
    client.invalidateQueries({ queryKey: ["interviews", ws] });
    client.invalidateQueries({ queryKey: ["highlights", ws] });
    return keep(client, ["interview", ws, id, lang], text);
  };
  const mark = useMutation({
    mutationFn: (passage: Passage) =>
      send<Interview>("POST", of(ws, "interviews", id, "highlights"), passage, { lang }),
    onSuccess,
  });
  const code = useMutation({
    mutationFn: ({ highlight, ...coding }: Coding & { highlight: string }) =>
      send<Interview>("PUT", of(ws, "interviews", id, "highlights", highlight), coding, { lang }),
    onSuccess,
  });
  const unmark = useMutation({
    mutationFn: (highlight: string) =>
      send<Interview>("DELETE", of(ws, "interviews", id, "highlights", highlight), undefined, { lang }),
    onSuccess,
  });
  return { mark, code, unmark };
}
