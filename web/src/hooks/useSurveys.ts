import type { Survey } from "@survey/definition";
import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { get, of, send } from "@/api/http";
import type { Of } from "@/api/schemas";
import { useSay } from "@/words/say";
import { keep } from "./keeping";
import { useWorkspaceName } from "./useWorkspace";

export type SurveyListed = Of<"SurveyListed">;
export type Finding = Of<"FindingOf">;
export type SurveySettings = Of<"SurveySettings">;
/** The document calls a definition any object; here it is one, however unfinished. */
export type SurveyOf = Omit<Of<"SurveyOf">, "definition"> & { definition: Survey };
export type Preset = Omit<Of<"PresetOf">, "definition"> & { definition: Survey };
export type Results = Of<"SurveyResults">;

export function useSurveys() {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return useQuery({
    queryKey: ["surveys", ws, lang],
    queryFn: ({ signal }) => get<SurveyListed[]>(of(ws, "surveys"), { lang }, signal),
  });
}

export function useSurvey(id: string) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return useQuery({
    queryKey: ["survey", ws, id, lang],
    queryFn: ({ signal }) => get<SurveyOf>(of(ws, "surveys", id), { lang }, signal),
  });
}

export function usePresets(enabled: boolean) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return useQuery({
    queryKey: ["survey-presets", ws, lang],
    queryFn: ({ signal }) => get<Preset[]>(of(ws, "surveys", "presets"), { lang }, signal),
    enabled,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** What is to be known of a definition, as it is written. */
export function useFindings(definition: Survey, known: Finding[]) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  const found = useQuery({
    queryKey: ["survey-check", ws, lang, JSON.stringify(definition)],
    queryFn: ({ signal }) =>
      send<Of<"Checked">>("POST", of(ws, "surveys", "check"), { definition }, { lang }, signal),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return found.data?.findings ?? known;
}

export function useResults(id: string) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return useQuery({
    queryKey: ["survey-results", ws, id, lang],
    queryFn: ({ signal }) => get<Results>(of(ws, "surveys", id, "results"), { lang }, signal),
  });
}

export type Version = Omit<Of<"VersionOf">, "definition"> & { definition: Survey };

/** What was published, newest first. */
export function useVersions(id: string, enabled: boolean) {
  const ws = useWorkspaceName();
  return useQuery({
    queryKey: ["survey-versions", ws, id],
    queryFn: ({ signal }) => get<Version[]>(of(ws, "surveys", id, "versions"), undefined, signal),
    enabled,
  });
}

/** The files that a question was answered with. */
export function useGivenFiles(id: string, question: string, enabled: boolean) {
  const ws = useWorkspaceName();
  return useQuery({
    queryKey: ["survey-files", ws, id, question],
    queryFn: ({ signal }) => get<Of<"GivenFile">[]>(of(ws, "surveys", id, "files"), { question }, signal),
    enabled,
    retry: false,
  });
}

/** Who was asked, newest first, a page at a time. */
export function useInvitations(id: string, state: string | null) {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  return useInfiniteQuery({
    queryKey: ["survey-invitations", ws, id, state, lang],
    queryFn: ({ pageParam, signal }) =>
      get<Of<"Invitations">>(
        of(ws, "surveys", id, "invitations"),
        { lang, state, before: pageParam },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
}

/** Where a survey is answered, from a place that is told. */
export function useSurveyLink(id: string, channel: string) {
  const ws = useWorkspaceName();
  return useQuery({
    queryKey: ["survey-link", ws, id, channel],
    queryFn: ({ signal }) => get<{ url: string }>(of(ws, "surveys", id, "link"), { channel }, signal),
  });
}

export function useSurveyActions() {
  const ws = useWorkspaceName();
  const { lang } = useSay();
  const client = useQueryClient();
  const kept = (survey: SurveyOf) => {
    client.invalidateQueries({ queryKey: ["surveys", ws] });
    return keep(client, ["survey", ws, survey.id, lang], survey);
  };
  const add = useMutation({
    mutationFn: (definition: Survey) =>
      send<SurveyOf>("POST", of(ws, "surveys"), { definition, settings: {} }, { lang }),
    onSuccess: kept,
  });
  const convert = useMutation({
    mutationFn: (given: { definition: unknown; key: string }) =>
      send<Omit<Of<"Converted">, "definition"> & { definition: Survey }>(
        "POST",
        of(ws, "surveys", "convert"),
        given,
        { lang },
      ),
  });
  const save = useMutation({
    mutationFn: ({ id, ...changed }: Pick<SurveyOf, "id" | "definition" | "settings" | "version">) =>
      send<SurveyOf>("PUT", of(ws, "surveys", id), changed, { lang }),
    onSuccess: kept,
  });
  const publish = useMutation({
    mutationFn: (id: string) => send<SurveyOf>("POST", of(ws, "surveys", id, "publish"), undefined, { lang }),
    onSuccess: (survey) => {
      client.invalidateQueries({ queryKey: ["survey-versions", ws, survey.id] });
      return kept(survey);
    },
  });
  const close = useMutation({
    mutationFn: (id: string) => send<SurveyOf>("POST", of(ws, "surveys", id, "close"), undefined, { lang }),
    onSuccess: kept,
  });
  const remove = useMutation({
    mutationFn: (id: string) => send<void>("DELETE", of(ws, "surveys", id)),
    onSuccess: () => client.invalidateQueries({ queryKey: ["surveys", ws] }),
  });
  const again = useMutation({
    mutationFn: ({ id, invitation }: { id: string; invitation: string }) =>
      send<unknown>("POST", of(ws, "surveys", id, "invitations", invitation, "again"), undefined, { lang }),
    onSuccess: (_, { id }) => client.invalidateQueries({ queryKey: ["survey-invitations", ws, id] }),
  });
  return { add, convert, save, publish, close, remove, again };
}
